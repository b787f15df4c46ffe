package io.freshet.sink;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The Kafka endpoint of Azure Event Hubs, from a connection string such as
 * {@code Endpoint=sb://NAMESPACE.servicebus.windows.net/;SharedAccessKeyName=NAME;SharedAccessKey=KEY}, perhaps with
 * {@code ;EntityPath=HUB} behind it.
 */
public final class EventHubs {

    private static final int PORT = 9093;
    private static final Pattern ENDPOINT = Pattern.compile("sb://([A-Za-z0-9][A-Za-z0-9.-]*)(?::(\\d{1,5}))?/?");

    private EventHubs() {
    }

    /**
     * The settings of a Kafka client.
     *
     * @throws IllegalArgumentException if it is no connection string; the message does not quote it
     */
    public static Map<String, String> settings(String connectionString) {
        Map<String, String> parts = parts(connectionString);
        for (String part : new String[] { "endpoint", "sharedaccesskeyname", "sharedaccesskey" }) {
            if (parts.getOrDefault(part, "").isEmpty()) {
                throw malformed();
            }
        }
        var endpoint = ENDPOINT.matcher(parts.getOrDefault("endpoint", ""));
        if (!endpoint.matches() || connectionString.contains("\"") || connectionString.chars().anyMatch(c -> c < ' ')) {
            throw malformed();
        }
        String port = endpoint.group(2) == null ? String.valueOf(PORT) : endpoint.group(2);
        return Map.of("bootstrap.servers", endpoint.group(1) + ":" + port, "security.protocol", "SASL_SSL", "sasl.mechanism",
                "PLAIN", "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"$ConnectionString\" password=\""
                        + connectionString.strip().replace("\\", "\\\\") + "\";");
    }

    private static Map<String, String> parts(String connectionString) {
        Map<String, String> parts = new HashMap<>();
        for (String part : connectionString.strip().split(";")) {
            int equals = part.indexOf('=');
            if (equals <= 0) {
                throw malformed();
            }
            parts.put(part.substring(0, equals).strip().toLowerCase(Locale.ROOT), part.substring(equals + 1).strip());
        }
        return parts;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("the connection string of Event Hubs is malformed: it must be "
                + "Endpoint=sb://HOST/;SharedAccessKeyName=NAME;SharedAccessKey=KEY");
    }
}
