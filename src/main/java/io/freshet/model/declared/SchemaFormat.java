package io.freshet.model.declared;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats in which a model can be declared. */
public enum SchemaFormat {

    /** The declaration itself, in YAML or JSON. */
    YAML(List.of("application/yaml", "application/x-yaml", "text/yaml"), List.of(".yaml", ".yml")),
    AVRO(List.of("application/vnd.apache.avro+json", "avro/json"), List.of(".avsc")),
    PROTOBUF(List.of("application/protobuf", "application/x-protobuf", "text/x-protobuf"), List.of(".proto")),
    JSON_SCHEMA(List.of("application/schema+json"), List.of(".schema.json"));

    private final List<String> mediaTypes;
    private final List<String> endings;

    SchemaFormat(List<String> mediaTypes, List<String> endings) {
        this.mediaTypes = mediaTypes;
        this.endings = endings;
    }

    /** Returns the name in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SchemaFormat> find(String id) {
        return Arrays.stream(values()).filter(format -> format.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(SchemaFormat::id).toList();
    }

    /** Returns the format of a media type, with or without parameters. */
    public static Optional<SchemaFormat> ofMediaType(String mediaType) {
        String plain = mediaType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(format -> format.mediaTypes.contains(plain)).findFirst();
    }

    public static Optional<SchemaFormat> ofFileName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(format -> format.endings.stream().anyMatch(lower::endsWith)).findFirst();
    }

    /** Returns the file name without the ending of the format. */
    public String withoutEnding(String name) {
        return endings.stream().filter(ending -> name.toLowerCase(Locale.ROOT).endsWith(ending))
                .map(ending -> name.substring(0, name.length() - ending.length())).findFirst().orElse(name);
    }

    /** Returns the format of a schema type of a schema registry. */
    public static Optional<SchemaFormat> ofRegistry(String schemaType) {
        return switch (schemaType) {
            case "AVRO" -> Optional.of(AVRO);
            case "PROTOBUF" -> Optional.of(PROTOBUF);
            case "JSON" -> Optional.of(JSON_SCHEMA);
            default -> Optional.empty();
        };
    }
}
