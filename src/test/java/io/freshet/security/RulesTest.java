package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class RulesTest {

    private static final String HASH = "sha256:" + "0".repeat(64);

    private static AccessMode exposure(Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder().withMapping(SecurityConfig.class)
                .withDefaultValue("freshet.security.limits.document-size", "1M").addDefaultInterceptors()
                .withConverter(java.time.Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 100,
                        new io.quarkus.runtime.configuration.MemorySizeConverter())
                .withDefaultValues(settings).build();
        return new AccessMode(config, config.getConfigMapping(SecurityConfig.class));
    }

    @Test
    void isOpenOnLoopbackAndNowhereElse() {
        for (String host : List.of("127.0.0.1", "localhost", "::1")) {
            assertThat(exposure(Map.of("quarkus.http.host", host)).isOpen()).isTrue();
        }
        for (String host : List.of("0.0.0.0", "::", "192.168.1.7", "example.com", "127.0.0.1.example.com")) {
            assertThatThrownBy(() -> exposure(Map.of("quarkus.http.host", host))).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("freshet.security.api-keys");
            assertThat(exposure(Map.of("quarkus.http.host", host, "freshet.security.api-keys.a.hash", HASH,
                    "freshet.security.api-keys.a.role", "read")).isOpen()).isFalse();
        }
        assertThatThrownBy(() -> exposure(Map.of())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> exposure(Map.of("quarkus.http.host", "127.0.0.1", "freshet.management.host", "0.0.0.0")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tokensOfAnyIssuerWillNotDo() {
        assertThatThrownBy(() -> exposure(Map.of("quarkus.http.host", "0.0.0.0", "freshet.security.jwt.enabled", "true",
                "mp.jwt.verify.publickey.location", "k.pem")))
                .hasMessageContaining("mp.jwt.verify.issuer");
    }

    @Test
    void malformedKeysAreNamedAndNotQuoted() {
        assertThatThrownBy(() -> ApiKey.of("ops", "boss", HASH)).hasMessageContaining("ops").hasMessageContaining("operate");
        assertThatThrownBy(() -> ApiKey.of("ops", "read", "my-key-in-the-clear")).hasMessageContaining("ops")
                .hasMessageNotContaining("my-key");
    }

    @Test
    void publicPathsAreForLookingAndNeverUnderTheApi() {
        AccessRules rules = new AccessRules(List.of("/ui/*", "/api/*", "/about"));
        assertThat(rules.needed("GET", "/ui/a.js")).isEmpty();
        assertThat(rules.needed("GET", "/about")).isEmpty();
        assertThat(rules.needed("GET", "/about/x")).contains(Role.READ);
        assertThat(rules.needed("GET", "/uix")).contains(Role.READ);
        assertThat(rules.needed("GET", "/")).isEmpty();
        assertThat(rules.needed("GET", "/console/main.js")).isEmpty();
        assertThat(rules.needed("GET", "/schemas/stream-1.json")).isEmpty();
        assertThat(rules.needed("GET", "/consoles")).contains(Role.READ);
        assertThat(rules.needed("POST", "/console/main.js")).contains(Role.OPERATE);
        assertThat(rules.needed("POST", "/ui/a.js")).contains(Role.OPERATE);
        assertThat(rules.needed("GET", "/api/v1/models")).contains(Role.READ);
        assertThat(rules.needed("PROPFIND", "/ui/x")).contains(Role.ADMIN);
        assertThat(rules.needed("POST", "/api/v1/models/a;x/samples")).contains(Role.OPERATE);
    }

    @Test
    void bucketsFillAgain() {
        AtomicLong nanos = new AtomicLong();
        RequestRates rates = new RequestRates(10, nanos::get);
        for (int i = 0; i < 20; i++) {
            assertThat(rates.allow("a")).isTrue();
        }
        assertThat(rates.allow("a")).isFalse();
        assertThat(rates.allow("b")).isTrue();
        nanos.addAndGet(100_000_000);
        assertThat(rates.allow("a")).isTrue();
        assertThat(rates.allow("a")).isFalse();
    }

    @Test
    void originsAreComparedWhole() {
        Origins origins = new Origins(List.of("https://Console.example"), List.of("box.example"));
        assertThat(origins.allow(null, "a:1")).isTrue();
        assertThat(origins.allow("https://console.example", "a:1")).isTrue();
        assertThat(origins.allow("https://console.example.evil.example", "a:1")).isFalse();
        assertThat(origins.allow("http://a:1", "a:1")).isTrue();
        assertThat(origins.allow("http://a:2", "a:1")).isFalse();
        assertThat(origins.allow("null", "a:1")).isFalse();
        assertThat(origins.allow("http://[", "a:1")).isFalse();
        assertThat(origins.isLocal("rebound.example:8765")).isFalse();
        assertThat(origins.isLocal("[::1]:8765")).isTrue();
        assertThat(origins.isLocal("box.example")).isTrue();
    }

    @Test
    void privateAddressesAreRefusedHoweverTheyAreWritten() {
        OutboundAddresses shared = new OutboundAddresses(false, List.of());
        for (String url : List.of("http://127.0.0.1/", "ws://localhost:1", "http://10.0.0.1", "http://192.168.0.1",
                "http://172.16.3.4",
                "http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://[fd00::1]", "http://[fe80::1]",
                "http://[::ffff:127.0.0.1]", "http://0.0.0.0", "http://100.64.0.1", "http://224.0.0.1", "http://2130706433",
                "http://127.1", "http://0177.0.0.1", "http://0x7f.0.0.1", "http://0x7f000001",
                "http://[::ffff:7f00:1]", "http://[::ffff:a9fe:a9fe]", "http://[::127.0.0.1]", "http://[::]",
                "http://[fec0::1]",
                "http://[2002:7f00:1::]", "http://[64:ff9b::7f00:1]", "http://localhost./")) {
            assertThatThrownBy(() -> shared.check(URI.create(url))).as(url).isInstanceOf(RefusedAddressException.class);
        }
        assertThat(shared.check(URI.create("http://93.184.216.34/"))).hasSize(1);
        assertThatThrownBy(() -> shared.check(URI.create("http://u:p@93.184.216.34/")))
                .isInstanceOf(RefusedAddressException.class);
        assertThatThrownBy(() -> shared.check(URI.create("mailto:x"))).isInstanceOf(RefusedAddressException.class);
        assertThat(new OutboundAddresses(true, List.of()).check("127.0.0.1")).hasSize(1);
    }

    @Test
    void aNameIsResolvedOnceAndItsAddressConnectedTo() {
        OutboundAddresses any = new OutboundAddresses(true, List.of());
        assertThat(any.destination(URI.create("ws://localhost:81/a%20b?c=%2F"))).isEqualTo(
                new Destination(URI.create("ws://127.0.0.1:81/a%20b?c=%2F"), Optional.of("localhost:81")));
        assertThat(any.destination(URI.create("ws://[::1]/")).address()).isEqualTo(URI.create("ws://[0:0:0:0:0:0:0:1]/"));
        // the server has to prove that it owns the name
        assertThat(any.destination(URI.create("wss://localhost:81/"))).isEqualTo(
                new Destination(URI.create("wss://localhost:81/"), Optional.empty()));
        assertThatThrownBy(() -> new OutboundAddresses(false, List.of()).destination(URI.create("ws://localhost/")))
                .isInstanceOf(RefusedAddressException.class);
    }

    @Test
    void whatIsAllowedByNameOrNetworkIsAllowedAndNothingElse() {
        OutboundAddresses some = new OutboundAddresses(false, List.of("10.1.0.0/16", "localhost", "*.example.com"));
        assertThat(some.check("10.1.2.3")).hasSize(1);
        assertThat(some.check("localhost")).isNotEmpty();
        assertThatThrownBy(() -> some.check("10.2.0.1")).isInstanceOf(RefusedAddressException.class);
        assertThatThrownBy(() -> some.check("93.184.216.34")).isInstanceOf(RefusedAddressException.class);
        assertThatThrownBy(() -> new OutboundAddresses(false, List.of("10.0.0.0/99")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretsAreNotShown() throws Exception {
        JsonNode definition = new ObjectMapper().readTree("""
                {"name":"s","source":{"websocket":{"url":"wss://user:pw@feed.example/x?api_key=abc&b=1",
                 "headers":{"Authorization":"Bearer abcdefghijkl","X-Api-Key":"k"},"password":"p","topic":"t"}},
                 "sinks":[{"kafka":{"topic":"secrets-of-nothing","key":"id"}}]}""");
        String shown = Secrets.masked(definition).toString();
        assertThat(shown).doesNotContain("pw@", "abc", "\"k\"", "\"p\"").contains("wss://***@feed.example", "b=1",
                "\"topic\":\"t\"", "secrets-of-nothing");
        assertThat(definition.toString()).contains("pw@");
        assertThat(Secrets.masked("redis://:hunter2@r:6379 failed; SharedAccessKey=abc=; Basic dXNlcjpwdw=="))
                .doesNotContain("hunter2", "abc", "dXNlcjpwdw").contains("r:6379 failed");
    }

    @Test
    void secretsThatComeBackAsTheyWereShownKeepTheirValues() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode definition = json.readTree("""
                {"source":{"feed":{"url":"wss://feed.example/x?key=abc","headers":{"Authorization":"Bearer abcdefghijkl"},
                 "token":"t","note":"plain"}},"sinks":[{"mongodb":{"uri":"mongodb://me:pw@host/db"}}]}""");
        JsonNode shown = json.readTree("""
                {"source":{"feed":{"url":"wss://feed.example/x?***","headers":{"Authorization":"***","X-Other":"***"},
                 "token":"another","note":"changed"}},"sinks":[{"mongodb":{"uri":"mongodb://***@host/db"}}]}""");

        assertThat(Secrets.restored(shown, definition)).isEqualTo(json.readTree(
                """
                        {"source":{"feed":{"url":"wss://feed.example/x?key=abc","headers":{"Authorization":"Bearer abcdefghijkl",
                         "X-Other":"***"},"token":"another","note":"changed"}},"sinks":[{"mongodb":{"uri":"mongodb://me:pw@host/db"}}]}"""));
        assertThat(
                Secrets.restored(json.readTree("{\"sinks\":[{\"mongodb\":{\"uri\":\"mongodb://***@evil/db\"}}]}"), definition)
                        .toString())
                .as("a secret stays with its address").doesNotContain("pw");
    }

    @Test
    @Timeout(20)
    void lookingForSecretsTakesNoLongerThanTheTextIs() {
        for (String text : List.of("a".repeat(2_000_000), "a:/".repeat(500_000), "x://".repeat(500_000),
                "x://y".repeat(400_000),
                "bearer ".repeat(300_000), "bearer" + " ".repeat(1_000_000), "?token".repeat(300_000),
                "?" + "token".repeat(300_000))) {
            assertThat(Secrets.masked(text)).isEqualTo(text);
        }
    }

    @Test
    void passwordsAreHiddenWholeAndWithQuotes() throws Exception {
        assertThat(Secrets.masked("mongodb://me:p@ss@host/db")).isEqualTo("mongodb://***@host/db");
        assertThat(Secrets.masked("password=hidden next")).isEqualTo("password=*** next");
        assertThat(Secrets.masked("required username=\"u\" password=\"hidden\";")).doesNotContain("hidden");
        assertThat(Secrets.masked(new ObjectMapper().readTree("{\"my\\nPassword\\n\":\"hidden\"}")).toString())
                .doesNotContain("hidden");
    }

    @Test
    void warningsHaveNoSecrets() {
        ExtLogRecord warning = new ExtLogRecord(Level.WARNING, "cannot reach %s", ExtLogRecord.FormatStyle.PRINTF, "test");
        warning.setParameters(new Object[] { "mongodb://user:hunter2@mongo/x" });
        assertThat(new SecretsFilter().isLoggable(warning)).isTrue();
        assertThat(warning.getFormattedMessage()).isEqualTo("cannot reach mongodb://***@mongo/x");
    }

    @Test
    void theAuditLogHasOneLineForEachRequest() {
        assertThat(AuditLog.harmless("a\nChange: who=root\u2028\u0007x")).isEqualTo("a_Change:_who_root__x");
        assertThat(Optional.of(AuditLog.harmless("x".repeat(5000)).length())).contains(200);
    }

    @Test
    void refusalsAreProblemsOfTheApi() throws IOException {
        String page = Files.readString(Path.of("src/main/docs/reference/operations.md"));
        for (Refusal refusal : Refusal.values()) {
            assertThat(page).contains("| `" + refusal.type().replace("/problems/", "") + "` | " + refusal.status() + " |");
        }
    }
}
