package io.freshet.api;

import java.util.HashMap;
import java.util.Map;

/** A broker with a topic for commands. */
public class CommandServer extends KafkaServer {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("freshet.commands.topic", "test.commands");
        return settings;
    }
}
