package io.freshet.consumer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import com.sun.net.httpserver.HttpServer;

import io.freshet.dev.LocalSchemaRegistry;
import io.freshet.stream.RestartableBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A broker and a schema registry, and the channels of the examples. */
public final class ConsumerResource implements QuarkusTestResourceLifecycleManager {

    private RestartableBroker broker;
    private LocalSchemaRegistry registry;
    private HttpServer pages;

    /** The address of the web page that shows live records. */
    public record LivePage(String address) {
    }

    @Override
    public Map<String, String> start() {
        broker = RestartableBroker.start();
        registry = LocalSchemaRegistry.start(0);
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        settings.put("freshet.schema-registry.url", registry.url());
        try {
            pages = serve();
            settings.put("freshet.security.origins", "http://127.0.0.1:" + pages.getAddress().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (InputStream in = ConsumerResource.class.getResourceAsStream("/consumer.properties")) {
            Properties channels = new Properties();
            channels.load(in);
            channels.forEach((name, value) -> settings.put(name.toString(), value.toString().replace("http://localhost:8081",
                    registry.url())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    private static HttpServer serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/live-records.html", exchange -> {
            try (InputStream page = ConsumerResource.class.getResourceAsStream("/live-records.html")) {
                exchange.getResponseHeaders().add("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, 0);
                page.transferTo(exchange.getResponseBody());
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(new LivePage("http://127.0.0.1:" + pages.getAddress().getPort() + "/live-records.html"),
                new TestInjector.MatchesType(LivePage.class));
        injector.injectIntoFields(broker, new TestInjector.MatchesType(RestartableBroker.class));
    }

    @Override
    public void stop() {
        broker.close();
        registry.close();
        pages.stop(0);
    }
}
