package io.freshet.stream;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A broker for one test class, which may stop and restart it. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {

    /** Whether the service is to detect an outage of seconds. */
    static final String QUICK = "quick";

    private RestartableBroker broker;
    private boolean quick = true;

    @Override
    public void init(Map<String, String> arguments) {
        quick = Boolean.parseBoolean(arguments.getOrDefault(QUICK, "true"));
    }

    @Override
    public Map<String, String> start() {
        broker = RestartableBroker.start();
        if (!quick) {
            return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
        }
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers(),
                "freshet.sinks.kafka.\"delivery.timeout.ms\"", "1500",
                "freshet.sinks.kafka.\"request.timeout.ms\"", "1000",
                "freshet.sinks.kafka.\"max.block.ms\"", "500",
                "freshet.sinks.breaker-delay", "200ms");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(broker, new TestInjector.MatchesType(RestartableBroker.class));
    }

    @Override
    public void stop() {
        broker.close();
    }
}
