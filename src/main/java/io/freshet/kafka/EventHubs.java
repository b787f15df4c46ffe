package io.freshet.kafka;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;

import io.freshet.sink.SinkConfig;

/**
 * The Kafka endpoint of Azure Event Hubs, from a connection string such as {@code
 * Endpoint=sb://NAMESPACE.servicebus.windows.net/;SharedAccessKeyName=NAME;SharedAccessKey=KEY}. If {@code ;EntityPath=HUB}
 * follows, the hub is the default topic. With an application of Microsoft Entra ID the string needs only the endpoint.
 */
public final class EventHubs {

    private static final int PORT = 9093;
    private static final String PUBLIC_CLOUD = "https://login.microsoftonline.com";
    /** The system property that lists the addresses from which Kafka may request tokens. */
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final Pattern TEXT = Pattern.compile("[^\"\\\\\\p{Cntrl}]+");
    private static final Pattern ENDPOINT = Pattern.compile("sb://([A-Za-z0-9][A-Za-z0-9.-]*)(?::(\\d{1,5}))?/?");

    private EventHubs() {
    }

    /**
     * Returns the settings of a Kafka client with a shared access key.
     *
     * @throws IllegalArgumentException if the connection string is malformed; the message does not quote it
     */
    public static Map<String, String> settings(String connectionString) {
        Map<String, String> parts = parts(connectionString);
        for (String part : new String[] { "endpoint", "sharedaccesskeyname", "sharedaccesskey" }) {
            if (parts.getOrDefault(part, "").isEmpty()) {
                throw malformed();
            }
        }
        if (connectionString.contains("\"") || connectionString.chars().anyMatch(c -> c < ' ')) {
            throw malformed();
        }
        return Map.of("bootstrap.servers", servers(endpoint(parts)), "security.protocol", "SASL_SSL", "sasl.mechanism",
                "PLAIN", "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"$ConnectionString\" password=\""
                        + connectionString.strip().replace("\\", "\\\\") + "\";");
    }

    /**
     * Returns the settings of a Kafka client that signs in as an application of Microsoft Entra ID.
     *
     * @throws IllegalArgumentException if the connection string has no endpoint, or the application is malformed; the message
     *         quotes neither
     */
    static Map<String, String> settings(String connectionString, SinkConfig.EntraConfig application) {
        Matcher endpoint = endpoint(parts(connectionString));
        String tenant = text(application.tenantId(), "tenant-id");
        String client = text(application.clientId(), "client-id");
        String secret = text(application.clientSecret(), "client-secret");
        String token = application.authority().orElse(PUBLIC_CLOUD).replaceAll("/+$", "") + "/" + tenant
                + "/oauth2/v2.0/token";
        String allowed = System.getProperty(ALLOWED_URLS);
        if (allowed == null || !Set.of(allowed.split(",")).contains(token)) {
            System.setProperty(ALLOWED_URLS, allowed == null || allowed.isEmpty() ? token : allowed + "," + token);
        }
        return Map.of("bootstrap.servers", servers(endpoint), "security.protocol", "SASL_SSL", "sasl.mechanism", "OAUTHBEARER",
                "sasl.oauthbearer.token.endpoint.url", token, "sasl.login.callback.handler.class",
                OAuthBearerLoginCallbackHandler.class.getName(), "sasl.jaas.config",
                OAuthBearerLoginModule.class.getName() + " required;", "sasl.oauthbearer.client.credentials.client.id", client,
                "sasl.oauthbearer.client.credentials.client.secret", secret, "sasl.oauthbearer.scope",
                "https://" + endpoint.group(1) + "/.default");
    }

    private static String text(Optional<String> value, String name) {
        return value.filter(text -> TEXT.matcher(text).matches()).orElseThrow(() -> new IllegalArgumentException(
                "freshet.sinks.entra." + name + " is missing, or has quotes, backslashes or control characters"));
    }

    /** Returns the hub that a connection string names, or empty if it names none. */
    static Optional<String> hub(String connectionString) {
        return Optional.ofNullable(parts(connectionString).get("entitypath")).filter(hub -> !hub.isEmpty());
    }

    private static Matcher endpoint(Map<String, String> parts) {
        Matcher endpoint = ENDPOINT.matcher(parts.getOrDefault("endpoint", ""));
        if (!endpoint.matches()) {
            throw malformed();
        }
        return endpoint;
    }

    private static String servers(Matcher endpoint) {
        return endpoint.group(1) + ":" + (endpoint.group(2) == null ? String.valueOf(PORT) : endpoint.group(2));
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
