package dev.drawbridge.cli.demo;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A protected MCP server on loopback: the official Java SDK over Streamable HTTP, behind a check of access tokens. */
final class DemoMcpServer implements AutoCloseable {
    private static final String PATH = "/mcp";
    private static final String METADATA_PATH = "/.well-known/oauth-protected-resource" + PATH;

    /** What Tomcat and the SDK have to say at every start; held here because the logging system holds them weakly. */
    private static final List<Logger> QUIET = List.of(
            Logger.getLogger("org.apache"), Logger.getLogger("io.modelcontextprotocol"), Logger.getLogger("reactor"));

    static {
        QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
    }

    private final Tomcat tomcat = new Tomcat();
    private final McpSyncServer server;
    private final URI resource;

    DemoMcpServer(DemoAuthorizationServer issuer, Path folder, InstantSource clock) throws IOException {
        int port = freePort();
        resource = URI.create("http://127.0.0.1:" + port + PATH);
        HttpServletStreamableServerTransportProvider transport =
                new HttpServletStreamableServerTransportProvider.Builder()
                        .mcpEndpoint(PATH)
                        .contextExtractor(DemoMcpServer::whoAsks)
                        .build();
        server = McpServer.sync(transport)
                .serverInfo("harbour", "1.0.0")
                .instructions("Ask for the tide table of a day, or have somebody greeted.")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .tools(DemoTools.all(clock))
                .build();
        try {
            Context context = startable(port, Files.createDirectories(folder));
            add(context, "mcp", PATH, transport);
            add(context, "metadata", METADATA_PATH, new ResourceMetadataServlet(resource, issuer.issuer()));
            protect(context, new BearerFilter(issuer::check, resource, resource.resolve(METADATA_PATH)));
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IOException("The demo's MCP server did not start.", e);
        }
    }

    URI url() {
        return resource;
    }

    @Override
    public void close() {
        try {
            server.close();
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            QUIET.getFirst().log(Level.FINE, "The demo's MCP server did not stop cleanly.", e);
        }
    }

    /** Its own address is part of what it serves, so the port must be known before it listens. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private Context startable(int port, Path folder) {
        tomcat.setBaseDir(folder.toString());
        tomcat.setSilent(true);
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(port);
        tomcat.setConnector(connector);
        return tomcat.addContext("", folder.toString());
    }

    private static void add(Context context, String name, String path, HttpServlet servlet) {
        Wrapper wrapper = Tomcat.addServlet(context, name, servlet);
        wrapper.setAsyncSupported(true);
        wrapper.addMapping(path);
    }

    private static void protect(Context context, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("bearer");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("bearer");
        map.addURLPattern(PATH);
        context.addFilterMap(map);
    }

    private static McpTransportContext whoAsks(HttpServletRequest request) {
        Object login =
                Optional.ofNullable(request.getAttribute(BearerFilter.LOGIN)).orElse("Nobody");
        return McpTransportContext.create(Map.of(BearerFilter.LOGIN, login));
    }
}
