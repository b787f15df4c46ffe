package io.freshet.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Sends almost valid requests to every operation of the OpenAPI document. The same seed sends the same requests. */
public final class ApiFuzz {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BYTES = 65_536;
    private static final List<String> TYPES = List.of("application/json", "application/yaml", "text/csv",
            "application/x-ndjson",
            "text/plain", "application/octet-stream", "nonsense", "application/json; charset=utf-16",
            "multipart/form-data; boundary=x", "multipart/form-data");
    private static final List<String> UNKNOWN = List.of("straem", "conditions", "Type.a", "type.", "count ", "a[]", "é");
    /** What a client has no use for: names of classes of the service and its libraries. */
    static final Pattern CLASS = Pattern.compile("\\b(java|jakarta|com\\.fasterxml|org|io)\\.[a-z]+\\.[a-z.]*[A-Z]\\w+"
            + "|\\w+Exception\\b|StreamRead\\w+");
    private static final List<String> VALUES = List.of("0", "1", "5", "-1", "100", "1e3", "99999999999999999999", "NaN", "null",
            "true",
            "a", "fuzz", "birds", "demo", "%00", "../x", "é", "\u0000", "''", "{}", "[]", "gaussian_copula", "independent",
            "json",
            "csv", "beginning", "2026-03-18T12:00:00Z", "PT1S", "10s", "receipt_created", "<script>", "a".repeat(300));
    private static final List<String> BODIES = List.of("", "{}", "[]", "null", "7", "\"x\"", "{", "[[", "a,b\n1,x\n2,y\n3,x\n",
            "a\n",
            "\u0000", "{\"a\":1}\n{\"a\":2}\n", "[{\"a\":1},{\"a\":\"x\"}]", "{\"count\":5,\"conditions\":{\"a\":{\"gte\":1}}}",
            "{\"count\":5,\"conditions\":{\"a\":{\"between\":[1]}}}", "{\"count\":-5,\"seed\":\"x\"}", "{\"conditions\":7}",
            "{\"name\":\"fuzz\",\"source\":{\"pattern\":{}},\"pace\":{\"recordsPerSecond\":5},\"sinks\":[{\"websocket\":{}}]}",
            "{\"name\":\"fuzz2\",\"source\":{\"model\":\"fuzz\"},\"pace\":{\"recordsPerSecond\":5},\"sinks\":[{\"websocket\":{}}]}",
            "{\"name\":\"fuzz3\",\"source\":{\"retail\":{\"stores\":2}},\"pace\":{\"recordsPerSecond\":5},\"sinks\":[{\"websocket\":{}}]}",
            "name: fuzz\nsource: { pattern: { seed: [] } }\nsinks: { a: b }\n", "&a [*a]", "!!java.net.URL [\"http://x\"]",
            "{\"topic\":\"t\",\"timeout\":1e308}", "[".repeat(2000), "{\"count\":5,\"condition\":{}}",
            "{\"count\":true,\"count\":5}",
            "{\"topic\":[],\"limit\":1.5}", "{\"to\":{\"0\":-1}}", "{\"to\":1,\"too\":2}", "--x--\r\n", "--x\r\n\r\n--x--\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"holdout\"\r\n\r\na\n1\r\n--x--\r\n",
            "{\"format\":\"freshet-model\",\"version\":1,\"columns\":[{}]}");

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String base;
    private final Random random;
    private final JsonNode paths;
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final List<String> defects = new ArrayList<>();

    ApiFuzz(String base, long seed) throws IOException, InterruptedException {
        this.base = base;
        this.random = new Random(seed);
        this.paths = JSON.readTree(client.send(HttpRequest.newBuilder(URI.create(base + "/q/openapi?format=json"))
                .header("Accept", "application/json").build(), HttpResponse.BodyHandlers.ofString()).body()).path("paths");
    }

    /**
     * @param arguments the address of the service, how many requests, the seed, and how many messages to send to sockets
     */
    public static void main(String[] arguments) throws Exception {
        ApiFuzz fuzz = new ApiFuzz(arguments[0], Long.parseLong(arguments[2]));
        fuzz.send(Integer.parseInt(arguments[1]));
        System.out.println("answers by status: " + fuzz.statuses);
        if (arguments.length > 3) {
            SocketFuzz sockets = new SocketFuzz(arguments[0], Long.parseLong(arguments[2]))
                    .send(Integer.parseInt(arguments[3]));
            System.out.println("close codes of sockets: " + sockets.closes());
            fuzz.defects.addAll(sockets.defects());
        }
        fuzz.defects.stream().limit(50).forEach(System.out::println);
        System.exit(fuzz.defects.isEmpty() ? 0 : 1);
    }

    /**
     * Sends requests. A status of 500 or more is a defect, and so are an error without a text or with the name of a class, and
     * a success despite an unknown parameter.
     */
    ApiFuzz send(int requests) throws IOException, InterruptedException {
        for (int i = 0; i < requests; i++) {
            if (i % 200 == 0) {
                clear();
            }
            one(i);
        }
        clear();
        return this;
    }

    List<String> defects() {
        return List.copyOf(defects);
    }

    Map<Integer, Integer> statuses() {
        return Map.copyOf(statuses);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void one(int number) throws IOException, InterruptedException {
        List<String> templates = new ArrayList<>();
        paths.fieldNames().forEachRemaining(templates::add);
        String template = any(templates);
        List<String> methods = new ArrayList<>();
        paths.get(template).fieldNames().forEachRemaining(methods::add);
        String method = any(methods);
        StringBuilder address = new StringBuilder(template.replaceAll("\\{[a-z]+}", "PARAMETER"));
        for (int at = address.indexOf("PARAMETER"); at >= 0; at = address.indexOf("PARAMETER")) {
            address.replace(at, at + "PARAMETER".length(), encoded(random.nextBoolean() ? "fuzz" : any(VALUES)));
        }
        char separator = '?';
        for (JsonNode parameter : paths.get(template).path(method).path("parameters")) {
            if (parameter.path("in").asText().equals("query") && random.nextInt(3) == 0) {
                address.append(separator).append(parameter.path("name").asText()).append('=').append(encoded(any(VALUES)));
                separator = '&';
            }
        }
        boolean unknown = random.nextInt(8) == 0;
        if (unknown) {
            address.append(separator).append(encoded(any(UNKNOWN))).append('=').append(encoded(any(VALUES)));
        }
        send(number, method.toUpperCase(Locale.ROOT), address.toString(), unknown);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void send(int number, String method, String address, boolean unknown) throws IOException, InterruptedException {
        byte[] body = body();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + address)).timeout(Duration.ofSeconds(60))
                .method(method, method.equals("GET") ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(body));
        String type = random.nextInt(10) == 0 ? null : any(random.nextBoolean() ? TYPES.subList(0, 4) : TYPES);
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (random.nextInt(5) == 0) {
            request.header("Accept", any(TYPES));
        }
        HttpResponse<InputStream> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            defects.add("request %d: %s %s type=%s body=%s has no answer".formatted(number, method, address, type,
                    new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8)));
            return;
        }
        String text;
        try (InputStream in = answer.body()) {
            text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            text = "cut off: " + e.getMessage();
        }
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        boolean bare = answer.statusCode() >= 400 && (text.isBlank() || CLASS.matcher(text).find());
        if (answer.statusCode() >= 500 || bare || unknown && answer.statusCode() < 300) {
            defects.add("request %d: %s %s type=%s body=%s → %d %s".formatted(number, method, address, type,
                    new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8), answer.statusCode(), text));
        }
    }

    /** Returns one of the bodies above, sometimes with a few bytes changed. */
    private byte[] body() {
        byte[] body = any(BODIES).getBytes(StandardCharsets.UTF_8);
        if (body.length > 0 && random.nextInt(3) == 0) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt();
            }
        }
        return body;
    }

    /** Deletes what was created, so that it does not slow down later requests. */
    private void clear() throws IOException, InterruptedException {
        for (String kind : List.of("streams", "models")) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(base + "/api/v1/" + kind)).build(),
                    HttpResponse.BodyHandlers.ofString());
            for (JsonNode each : JSON.readTree(answer.body())) {
                client.send(HttpRequest.newBuilder(URI.create(base + "/api/v1/" + kind + "/" + each.path("name").asText()))
                        .DELETE().build(), HttpResponse.BodyHandlers.discarding());
            }
        }
    }
}
