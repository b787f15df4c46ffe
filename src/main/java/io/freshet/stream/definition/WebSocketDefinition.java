package io.freshet.stream.definition;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.retry.Backoff;
import io.freshet.source.websocket.WebSocketFormat;
import io.freshet.source.websocket.WebSocketResume;
import io.freshet.source.websocket.WebSocketSettings;

/** A source that reads the messages of a WebSocket server. */
public record WebSocketDefinition(WebSocketSettings settings) implements SourceDefinition {

    /** Replaces a secret when a definition is shown. */
    static final String MASK = "***";

    private static final List<String> FORMATS = List.of("json", "text", "binary");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E]{0,4000}");
    private static final Duration SHORTEST = Duration.ofMillis(10);

    static WebSocketDefinition parse(DefinitionNode written) {
        DefinitionNode feed = written.synonym("max_batch_size", "batch").millisSynonym("batch_timeout_ms", "batch_interval");
        feed.object("auto_reconnect", "connection_timeout", "message_timeout", "url", "headers", "token", "format", "batch",
                "batch_interval", "heartbeat", "reconnect", "subscribe",
                "resume", "buffer", "max_message");
        DefinitionNode format = feed.find("format").orElse(feed);
        String name = feed.find("format").map(DefinitionNode::text).orElse(FORMATS.get(0));
        if (!FORMATS.contains(name)) {
            throw format.wrong("must be one of " + String.join(", ", FORMATS));
        }
        return new WebSocketDefinition(new WebSocketSettings(url(feed.get("url")), headers(feed),
                WebSocketFormat.valueOf(name.toUpperCase(Locale.ROOT)), feed.find("subscribe").map(DefinitionNode::text),
                feed.find("resume").map(WebSocketDefinition::resume),
                (int) feed.integer("max_message", 1, 256 << 20).orElse(1 << 20),
                (int) feed.integer("buffer", 1, 1_000_000).orElse(10_000),
                new WebSocketSettings.Batching((int) feed.integer("batch", 1, 10_000).orElse(100),
                        duration(feed, "batch_interval", Duration.ofMillis(50))),
                connecting(feed)));
    }

    private static WebSocketSettings.Connecting connecting(DefinitionNode feed) {
        DefinitionNode reconnect = feed.find("reconnect").map(node -> node.object("first", "longest", "attempts"))
                .orElse(new DefinitionNode(feed.path() + ".reconnect", JsonNodeFactory.instance.objectNode()));
        boolean again = feed.find("auto_reconnect").map(DefinitionNode::flag).orElse(true);
        return new WebSocketSettings.Connecting(duration(feed, "heartbeat", Duration.ofSeconds(15)),
                new Backoff(duration(reconnect, "first", Duration.ofMillis(500)),
                        duration(reconnect, "longest", Duration.ofSeconds(30))),
                // a lost connection counts as the first failure, so one attempt means that it is not reopened
                again ? (int) reconnect.integer("attempts", 0, 1_000_000).orElse(0) : 1,
                duration(feed, "connection_timeout", WebSocketSettings.Connecting.DEFAULT_HANDSHAKE),
                feed.find("message_timeout").isPresent() ? duration(feed, "message_timeout", SHORTEST) : Duration.ZERO);
    }

    private static Duration duration(DefinitionNode parent, String name, Duration standard) {
        Optional<DefinitionNode> node = parent.find(name);
        Duration duration = node.map(DefinitionNode::duration).orElse(standard);
        if (duration.compareTo(SHORTEST) < 0) {
            throw node.orElse(parent).wrong("must be at least 10ms");
        }
        return duration;
    }

    private static WebSocketResume resume(DefinitionNode node) {
        DefinitionNode message = node.object("message").get("message");
        try {
            return WebSocketResume.of(message.text());
        } catch (IllegalArgumentException e) {
            throw message.wrong(String.valueOf(e.getMessage()));
        }
    }

    /** Parses the address. Error messages never contain it, because it may include a password. */
    private static URI url(DefinitionNode node) {
        try {
            URI url = new URI(node.text());
            if (List.of("ws", "wss").contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT)) && url.getHost() != null
                    && url.getRawFragment() == null && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // reported below
        }
        throw node.wrong("must be the address of a WebSocket server, ws://… or wss://…, without user and fragment");
    }

    private static Map<String, String> headers(DefinitionNode feed) {
        Map<String, String> headers = new HashMap<>();
        feed.find("token").ifPresent(token -> headers.put("Authorization", value(token, "Bearer ")));
        feed.find("headers").ifPresent(node -> {
            if (!node.json().isObject()) {
                throw node.wrong("must be an object: header to value");
            }
            node.json().fieldNames().forEachRemaining(name -> {
                DefinitionNode header = node.get(name);
                if (!HEADER.matcher(name).matches() || name.toLowerCase(Locale.ROOT).startsWith("sec-websocket-")
                        || List.of("host", "connection", "upgrade", "content-length", "expect")
                                .contains(name.toLowerCase(Locale.ROOT))) {
                    throw header.wrong("is not a header that can be set");
                }
                headers.put(name, value(header, ""));
            });
        });
        return headers;
    }

    private static String value(DefinitionNode node, String prefix) {
        if (!HEADER_VALUE.matcher(node.text()).matches()) {
            throw new DefinitionException(node.path(), "must be printable ASCII, at most 4000 characters");
        }
        return prefix + node.text();
    }

    /** Returns a definition without the secrets of its feed, so that it can be shown. */
    static JsonNode masked(JsonNode definition) {
        if (!definition.path("source").path("feed").isObject()) {
            return definition;
        }
        JsonNode shown = definition.deepCopy();
        ObjectNode feed = (ObjectNode) shown.path("source").path("feed");
        if (feed.has("token")) {
            feed.put("token", MASK);
        }
        if (feed.has("subscribe")) {
            // the message may contain credentials
            feed.put("subscribe", MASK);
        }
        if (feed.path("resume") instanceof ObjectNode resume) {
            resume.put("message", MASK);
        }
        if (feed.path("headers") instanceof ObjectNode headers) {
            headers.fieldNames().forEachRemaining(name -> headers.put(name, MASK));
        }
        String url = feed.path("url").asText();
        if (url.indexOf('?') >= 0) {
            feed.put("url", url.substring(0, url.indexOf('?') + 1) + MASK);
        }
        return shown;
    }
}
