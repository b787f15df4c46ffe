package io.freshet.model.declared;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

import io.freshet.table.Notice;
import io.freshet.table.RecordSchema;

/**
 * A model made from a declaration or a schema.
 *
 * @param notices what of the schema was not understood, by field
 */
public record SchemaImport(DeclaredModel model, List<Notice> notices) {

    private static final ObjectMapper YAML = new ObjectMapper(
            new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES))
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    public SchemaImport {
        notices = List.copyOf(notices);
    }

    /**
     * Makes a model.
     *
     * @throws DeclarationException if the text is not valid, or describes what no model can draw; the message names the field
     */
    public static SchemaImport of(SchemaFormat format, String text) {
        Notes notes = new Notes();
        try {
            ObjectNode declaration = switch (format) {
                case YAML -> read(text);
                case AVRO -> AvroImport.declaration(text, notes);
                case PROTOBUF -> ProtobufImport.declaration(text, notes);
                case JSON_SCHEMA -> JsonSchemaImport.declaration(text, notes);
            };
            Optional<RecordSchema> records = format == SchemaFormat.YAML ? Optional.empty()
                    : Optional.of(new RecordSchema(format.id(), text));
            return new SchemaImport(DeclaredModel.of(declaration, records), notes.notices());
        } catch (DeclarationException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new DeclarationException(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the declaration of a model as YAML, to be edited. */
    public static String yaml(DeclaredModel model) {
        try {
            return YAML.writeValueAsString(model.declaration());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode read(String text) {
        try {
            JsonNode declaration = YAML.readTree(text);
            if (declaration instanceof ObjectNode object) {
                return object;
            }
            throw new DeclarationException("the declaration", "must be an object with columns");
        } catch (JsonProcessingException e) {
            throw new DeclarationException("the declaration", "is not valid YAML (line " + (e.getLocation() == null ? "?"
                    : e.getLocation().getLineNr()) + "): " + e.getOriginalMessage());
        }
    }
}
