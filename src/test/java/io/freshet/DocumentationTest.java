package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.declared.DeclaredModel;
import io.freshet.stream.definition.DefinitionReader;
import io.freshet.stream.definition.StreamDefinition;

/** Keeps the documentation consistent: links have targets, and every printed definition is valid. */
class DocumentationTest {

    private static final Path DOCS = Path.of("src/main/docs");
    private static final int MAX_README_LINES = 250;
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#([^)\\s]+))?\\)");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OLD_VOICE = Pattern
            .compile("\\b(anew|somebody|nobody|whoever|is none|goes on|gone on|let go of|lets go of)\\b");

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            List<Path> pages = new ArrayList<>(files.filter(file -> file.toString().endsWith(".md")).sorted().toList());
            pages.add(Path.of("README.md"));
            return pages;
        }
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(MAX_README_LINES);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToPagesAndHeadings(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            if (link.group(1).contains("://")) {
                continue;
            }
            Path target = (page.getParent() == null ? Path.of("") : page.getParent()).resolve(link.group(1)).normalize();
            assertThat(target).as("%s links to %s", page, link.group()).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).as("%s links to %s", page, link.group()).contains(link.group(2));
            }
        }
    }

    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream().filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase().replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void definitionsAreValid(Path page) throws IOException {
        Matcher block = YAML.matcher(Files.readString(page));
        while (block.find()) {
            for (JsonNode document : DefinitionReader.yaml(block.group(1))) {
                if (document.has("columns")) {
                    assertThat(DeclaredModel.of(document, Optional.empty()).schema().columns()).isNotEmpty();
                } else {
                    assertThat(StreamDefinition.parse(whole(document))).isNotNull();
                }
            }
        }
    }

    @Test
    void theExamplesOfConsumersAreThoseThatTestsRun() throws IOException {
        String page = Files.readString(DOCS.resolve("how-to/consume.md"));
        Matcher java = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
        List<String> shown = java.results().map(block -> block.group(1)).toList();
        List<String> tested = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/java/io/freshet/consumer"))) {
            for (Path file : files.toList()) {
                Matcher example = Pattern.compile("// tag::example\\[]\n(.*?)// end::example\\[]", Pattern.DOTALL)
                        .matcher(Files.readString(file));
                example.results().forEach(found -> tested.add(found.group(1)));
            }
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(tested);
        assertThat(page).contains("```html\n" + Files.readString(Path.of("src/test/resources/live-records.html")) + "```");
        Matcher properties = Pattern.compile("```properties\n(.*?)\n```", Pattern.DOTALL).matcher(page);
        assertThat(properties.results().map(block -> block.group(1)))
                .allMatch(Files.readString(Path.of("src/test/resources/consumer.properties"))::contains);
    }

    /** Completes a part of a definition, such as its sinks, to a whole definition. */
    private static JsonNode whole(JsonNode part) throws IOException {
        ObjectNode whole = (ObjectNode) DefinitionReader
                .json("{\"name\":\"example\",\"source\":{\"pattern\":{}},\"sinks\":[]}");
        whole.withArray("sinks").add(DefinitionReader.json("{\"websocket\":{}}"));
        whole.setAll((ObjectNode) part);
        return whole;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pagesAreWrittenInPlainEnglish(Path page) throws IOException {
        if (!page.endsWith("configuration.md")) {
            assertThat(OLD_VOICE.matcher(Files.readString(page)).results().map(found -> found.group())).as(page.toString())
                    .isEmpty();
        }
    }
}
