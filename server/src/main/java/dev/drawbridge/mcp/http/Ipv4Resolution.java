package dev.drawbridge.mcp.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * The JVM's resolver, but for {@link Ipv4Hosts}. Found by its name in {@code META-INF/services}: nothing but the resolver
 * decides which addresses a connection is made to, for the HTTP client takes a name and no address.
 */
public final class Ipv4Resolution extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        return over(configuration.builtinResolver());
    }

    /** Any other resolver, but for the marked names. */
    public static InetAddressResolver over(InetAddressResolver resolver) {
        return new Resolver(resolver);
    }

    @Override
    public String name() {
        return "drawbridge";
    }

    private record Resolver(InetAddressResolver system) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            return system.lookupByName(host, Ipv4Hosts.isMarked(host) ? LookupPolicy.of(LookupPolicy.IPV4) : policy);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return system.lookupByAddress(address);
        }
    }
}
