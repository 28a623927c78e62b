package dev.drawbridge.testkit;

import dev.drawbridge.mcp.http.Ipv4Resolution;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * The product's resolver over a system that knows a few more names, for the test process: {@code *.both.test} has an IPv6
 * and an IPv4 loopback address, in this order, {@code *.six.test} only the former. It stands before the product's own in
 * the class path. (The JDK's hosts file would replace every resolver.)
 */
public final class TestNames extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        return Ipv4Resolution.over(new Names(configuration.builtinResolver()));
    }

    @Override
    public String name() {
        return "test names";
    }

    private record Names(InetAddressResolver system) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            boolean both = host.endsWith(".both.test");
            if (!both && !host.endsWith(".six.test")) {
                return system.lookupByName(host, policy);
            }
            boolean six = (policy.characteristics() & LookupPolicy.IPV6) != 0;
            if (!both && !six) {
                throw new UnknownHostException(host);
            }
            return Stream.concat(
                    six ? address(host, "::1") : Stream.empty(), both ? address(host, "127.0.0.1") : Stream.empty());
        }

        private static Stream<InetAddress> address(String host, String literal) throws UnknownHostException {
            return Stream.of(InetAddress.getByAddress(
                    host, InetAddress.getByName(literal).getAddress()));
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return system.lookupByAddress(address);
        }
    }
}
