package io.freshet.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** A tab of a {@link Browser}, used as a person would: by what is written on the page. */
public final class Tab {

    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Finds the control that a name belongs to, as assistive technology would name it. */
    private static final String NAME = "(e => (e?.getAttribute('aria-label') || e?.labels?.[0]?.innerText || e?.innerText || '').trim())";
    private static final String FIND = """
            ((kinds, name) => {
              const named = %s;
              const shown = [...document.querySelectorAll(kinds)].filter(e => e.checkVisibility({ visibilityProperty: true }));
              return shown.find(e => named(e) === name) || shown.find(e => named(e).startsWith(name));
            })""".formatted(NAME);
    private static final String CONTROLS = "'button, a, summary, label.button'";
    private static final String FIELDS = "'input, select, textarea'";

    private final Browser browser;
    private final String session;

    Tab(Browser browser, String session) {
        this.browser = browser;
        this.session = session;
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
        call("Page.bringToFront", Map.of());
        call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        call("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        call("Browser.grantPermissions", Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        size(1280, 820);
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return browser.call(session, method, parameters);
    }

    public void go(String address) {
        call("Page.navigate", Map.of("url", address));
    }

    void size(int width, int height) {
        call("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    void scheme(String scheme) {
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    void offline(boolean offline) {
        // not before: with it, the browser keeps and reports every message of a socket
        call("Network.enable", Map.of());
        call("Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Evaluates an expression, which may be a promise. */
    JsonNode evaluate(String expression) {
        JsonNode result = call("Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    String text() {
        return evaluate("document.body.innerText").asText();
    }

    /** Waits until the page shows a text. */
    Tab sees(String text) {
        await(() -> "the page shows " + text, "document.body.innerText.includes(" + quoted(text) + ")");
        return this;
    }

    Tab seesNo(String text) {
        await(() -> "the page no longer shows " + text, "!document.body.innerText.includes(" + quoted(text) + ")");
        return this;
    }

    /** Waits until an expression is true. */
    public void await(Supplier<String> what, String condition) {
        try {
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).ignoreExceptions()
                    .until(() -> evaluate(condition).asBoolean());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("It never came that " + what.get() + ". The page shows:\n" + text(), e);
        }
    }

    /** Presses the button or follows the link of a name. */
    Tab press(String name) {
        String control = FIND + "(" + CONTROLS + ", " + quoted(name) + ")";
        await(() -> "there is a control " + name, control + " !== undefined");
        evaluate(control + ".click()");
        return this;
    }

    /** Types into the field of a name, in place of what it holds. */
    Tab type(String name, String text) {
        String field = FIND + "(" + FIELDS + ", " + quoted(name) + ")";
        await(() -> "there is a field " + name, field + " !== undefined");
        evaluate("(e => { e.focus(); e.select(); })(" + field + ")");
        call("Input.insertText", Map.of("text", text));
        return this;
    }

    /** Returns what the field of a name holds, once there is one. */
    String value(String name) {
        String field = FIND + "(" + FIELDS + ", " + quoted(name) + ")";
        await(() -> "there is a field " + name, field + " !== undefined && " + field + ".value !== ''");
        return evaluate(field + ".value").asText();
    }

    /** Chooses a value in the list of a name. */
    Tab choose(String name, String value) {
        String field = FIND + "(" + FIELDS + ", " + quoted(name) + ")";
        await(() -> "there is a list " + name, field + " !== undefined");
        evaluate("(e => { e.value = %s; e.dispatchEvent(new Event('change', { bubbles: true })); })(%s)"
                .formatted(quoted(value), field));
        return this;
    }

    /** Drops a file on the page as dragging it would. */
    Tab drop(String name, String content) {
        evaluate("""
                (() => {
                  const data = new DataTransfer();
                  data.items.add(new File([%s], %s));
                  const main = document.getElementById('main');
                  for (const type of ['dragenter', 'dragover', 'drop']) {
                    main.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
                  }
                })()""".formatted(quoted(content), quoted(name)));
        return this;
    }

    /** Presses a key as the keyboard would. */
    Tab key(String key) {
        int code = switch (key) {
            case "Tab" -> 9;
            case "Enter" -> 13;
            case "Escape" -> 27;
            case " " -> 32;
            default -> key.toUpperCase(Locale.ROOT).charAt(0);
        };
        String typed = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        Map<String, Object> down = Map.of("type", typed.isEmpty() ? "rawKeyDown" : "keyDown", "key", key, "code", key,
                "windowsVirtualKeyCode", code, "text", typed);
        call("Input.dispatchKeyEvent", down);
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
        return this;
    }

    /** Presses Tab until the focused control has a name. */
    Tab tabTo(String name) {
        for (int i = 0; i < 80; i++) {
            key("Tab");
            if (focused().startsWith(name)) {
                return this;
            }
        }
        throw new AssertionError("The keyboard does not reach " + name);
    }

    String focused() {
        return evaluate(NAME + "(document.activeElement)")
                .asText();
    }

    /** Takes a picture of the page without its passing messages. */
    void picture(Path file) throws IOException {
        size(1200, 760);
        evaluate("document.getElementById('toasts').replaceChildren()");
        JsonNode picture = call("Page.captureScreenshot", Map.of("format", "png"));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
        size(1280, 820);
    }

    /** Returns the barriers to accessibility (WCAG 2.2 AA, and good practice) that axe finds in the page. */
    List<String> violations() throws IOException {
        return violations("['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']");
    }

    /** Returns those that depend on colours, for another theme of a page that was checked in full. */
    List<String> violationsOfColours() throws IOException {
        return violations("{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }");
    }

    private List<String> violations(String rules) throws IOException {
        if (evaluate("typeof axe").asText().equals("undefined")) {
            try (InputStream script = Tab.class.getResourceAsStream(AXE)) {
                evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8) + ";0");
            }
        }
        JsonNode found = evaluate("""
                axe.run(document, { runOnly: %s, resultTypes: ['violations'] })
                .then(result => result.violations.map(each => each.id + ': '
                + each.nodes.map(node => node.html.slice(0, 200) + ' ' + node.failureSummary).join(' | ')))"""
                .formatted(rules));
        List<String> violations = new ArrayList<>();
        found.forEach(each -> violations.add(each.asText()));
        return violations;
    }

    /** Fails if a script failed or the content policy blocked something. */
    void hasNoErrors() {
        assertThat(browser.errors(session).stream().map(JsonNode::toString).toList()).isEmpty();
    }

    /** Returns how much memory the scripts of the page hold, after a collection of garbage. */
    long heapBytes() {
        call("HeapProfiler.collectGarbage", Map.of());
        return call("Runtime.getHeapUsage", Map.of()).get("usedSize").asLong();
    }

    /** Returns the number of nodes of the page, including those that are no longer shown but still held. */
    int nodes() {
        return call("Memory.getDOMCounters", Map.of()).get("nodes").asInt();
    }

    /** Returns the longest time between two frames during the next seconds. */
    long longestFrameMillis(Duration span) {
        return evaluate("""
                new Promise(done => {
                  let first = 0, last = 0, longest = 0;
                  const frame = now => {
                    first ||= now;
                    longest = last ? Math.max(longest, now - last) : 0;
                    last = now;
                    now - first < %d ? requestAnimationFrame(frame) : done(longest);
                  };
                  requestAnimationFrame(frame);
                })""".formatted(span.toMillis())).asLong();
    }
}
