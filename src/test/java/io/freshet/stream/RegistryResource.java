package io.freshet.stream;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A broker and a schema registry for one test class. */
public final class RegistryResource implements QuarkusTestResourceLifecycleManager {

    private final BrokerResource broker = new BrokerResource();
    private LocalRegistry registry;

    @Override
    public Map<String, String> start() {
        registry = LocalRegistry.start();
        Map<String, String> settings = new java.util.HashMap<>(broker.start());
        settings.put("freshet.schema-registry.url", registry.url());
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        broker.inject(injector);
        injector.injectIntoFields(registry, new TestInjector.MatchesType(LocalRegistry.class));
    }

    @Override
    public void stop() {
        broker.stop();
        registry.close();
    }
}
