package io.freshet.stream.definition;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.reader.ReaderException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import io.freshet.table.JsonErrors;

/**
 * Parses the text of definitions. Rejects what the parser would silently read differently from what the author sees: duplicate
 * keys, and numbers with a leading zero, which YAML 1.1 reads as octal. {@code yes}, {@code no}, {@code on} and {@code off} are
 * strings.
 */
public final class DefinitionReader {

    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-9_]+");
    /** The parser of YAML needs a time that grows with the square of the depth. */
    private static final int MAX_DEPTH = 100;
    private static final ObjectMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final YAMLMapper YAML = YAMLMapper
            .builder(YAMLFactory.builder().enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private DefinitionReader() {
    }

    /**
     * Parses a definition in JSON.
     *
     * @throws IOException if the text is not valid; the message says what is wrong and where
     */
    public static JsonNode json(String text) throws IOException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        }
    }

    /**
     * Parses the definitions in YAML, which may consist of several documents. JSON is valid YAML.
     *
     * @return at least one definition
     * @throws IOException if the text is not valid, or contains no definition; the message says what is wrong and where
     */
    public static List<JsonNode> yaml(String text) throws IOException {
        check(text);
        List<JsonNode> definitions = new ArrayList<>();
        try (JsonParser parser = YAML.createParser(text);
                MappingIterator<JsonNode> documents = YAML.readValues(parser, JsonNode.class)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (!isEmpty(document)) {
                    definitions.add(document);
                }
            }
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        }
        if (definitions.isEmpty()) {
            throw new IOException("contains no definition");
        }
        return definitions;
    }

    /** Returns whether there is nothing between two document separators. */
    private static boolean isEmpty(@Nullable JsonNode document) {
        return document == null || document.isNull() || document.isMissingNode()
                || document.isTextual() && document.asText().isBlank();
    }

    /** Scans the text itself, because the mapper hides how a number was written, and its own syntax errors are long. */
    private static void check(String text) throws IOException {
        try {
            int depth = 0;
            for (Event event : new Yaml().parse(new StringReader(text))) {
                depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
                if (depth > MAX_DEPTH) {
                    throw new IOException(
                            "line " + (event.getStartMark().getLine() + 1) + ": lists and objects are nested more "
                                    + "than " + MAX_DEPTH + " deep");
                }
                if (event instanceof ScalarEvent scalar && scalar.isPlain() && OCTAL.matcher(scalar.getValue()).matches()) {
                    throw new IOException("line " + (scalar.getStartMark().getLine() + 1) + ": " + scalar.getValue()
                            + " is an octal number in YAML; write it without the leading zero, or in quotes if it is text");
                }
            }
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null ? "" : "line " + (e.getProblemMark().getLine() + 1) + ": ";
            boolean tab = String.valueOf(e.getProblem()).contains("TAB");
            throw new IOException(where + (tab ? "YAML cannot be indented with tabs; use spaces" : e.getProblem()), e);
        } catch (ReaderException e) {
            throw new IOException("character " + (e.getPosition() + 1) + " is U+" + String.format("%04X", e.getCodePoint())
                    + ", a control character that YAML does not allow", e);
        }
    }

    private static IOException unreadable(JsonProcessingException e) {
        String where = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
        return new IOException(where + JsonErrors.cause(e), e);
    }
}
