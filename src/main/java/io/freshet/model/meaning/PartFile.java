package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ModelFileException;

/** Reads and writes a part of a form as JSON: its {@code kind}, and the fields of that kind. */
final class PartFile {

    private PartFile() {
    }

    static void write(TextPart part, ObjectNode file) {
        if (part instanceof Choice choice) {
            writeChoice(choice, file.put("kind", "choice"));
        } else if (part instanceof NumberPart number) {
            file.put("kind", "number").put("low", number.low()).put("high", number.high()).put("width", number.width())
                    .put("limit", number.limit());
        } else if (part instanceof LettersPart letters) {
            letters.alphabets().forEach(file.put("kind", "letters").putArray("alphabets")::add);
        } else if (part instanceof ListWord word) {
            file.put("kind", "list").put("list", word.list().kind().name()).put("language", word.list().language())
                    .put("case", word.wordCase().name()).put("ascii", word.ascii());
        } else if (part instanceof ChainWord word) {
            writeChain(word, file.put("kind", "word"));
        } else if (part instanceof Reference reference) {
            file.put("kind", "column").put("column", reference.column()).put("word", reference.word())
                    .put("change", reference.change().name());
        } else if (part instanceof PlacePart place) {
            writePlace(place, file.put("kind", "place"));
        } else if (part instanceof SequencePart sequence) {
            file.put("kind", "sequence").put("next", sequence.next()).put("step", sequence.step()).put("width",
                    sequence.width());
        } else if (part instanceof Prose prose) {
            file.put("kind", "prose").put("common_share", prose.commonShare()).put("capital", prose.capital())
                    .put("end", prose.end());
            writeChoice(prose.words(), file.putObject("words"));
            writeChoice(prose.common(), file.putObject("common"));
            writeChain(prose.made(), file.putObject("made"));
        }
    }

    private static void writeChoice(Choice choice, ObjectNode file) {
        choice.texts().forEach(file.putArray("texts")::add);
        if (!choice.isLiteral()) {
            choice.bounds().forEach(file.putArray("bounds")::add);
        }
    }

    private static void writeChain(ChainWord word, ObjectNode file) {
        writeChoice(word.lengths(), file.putObject("lengths"));
        file.put("seen_bits", word.seen().bits()).put("seen", BitText.of(word.seen().set()));
        ObjectNode letters = file.putObject("letters");
        new TreeMap<>(word.letters())
                .forEach((before, after) -> writeChoice(after, letters.putObject(before == 0 ? "" : before.toString())));
    }

    private static void writePlace(PlacePart place, ObjectNode file) {
        file.put("group", place.group()).put("field", place.field().name()).put("case", place.wordCase().name());
        place.countries().forEach(file.putArray("countries")::add);
        place.given().forEach(file.putArray("given")::add);
        place.givenFields().forEach(field -> file.withArray("given_fields").add(field.name()));
    }

    /** @throws ModelFileException if the kind is unknown */
    static TextPart read(JsonNode file) {
        String kind = file.path("kind").asText();
        return switch (kind) {
            case "choice" -> choice(file);
            case "number" -> new NumberPart(file.path("low").asLong(-1), file.path("high").asLong(), file.path("width").asInt(),
                    file.path("limit").asLong());
            case "letters" -> new LettersPart(texts(file.path("alphabets")));
            case "list" -> new ListWord(WordList.of(WordList.Kind.valueOf(file.path("list").asText()),
                    file.path("language").asText()), WordCase.valueOf(file.path("case").asText()),
                    file.path("ascii").asBoolean());
            case "word" -> chain(file);
            case "column" -> new Reference(file.path("column").asInt(-1), file.path("word").asInt(),
                    TextChange.valueOf(file.path("change").asText()));
            case "place" -> place(file);
            case "sequence" -> new SequencePart(file.path("next").asLong(-1), file.path("step").asLong(),
                    file.path("width").asInt());
            case "prose" -> new Prose(choice(file.path("words")), choice(file.path("common")),
                    file.path("common_share").asDouble(), chain(file.path("made")), file.path("capital").asBoolean(),
                    file.path("end").asText());
            default -> throw new ModelFileException("a text has a part of an unknown kind: " + kind);
        };
    }

    private static Choice choice(JsonNode file) {
        List<String> texts = texts(file.path("texts"));
        List<Double> bounds = new ArrayList<>();
        file.path("bounds").forEach(bound -> bounds.add(bound.asDouble()));
        return new Choice(texts, texts.size() == 1 ? List.of(1.0) : bounds);
    }

    private static ChainWord chain(JsonNode file) {
        Map<Character, Choice> letters = new TreeMap<>();
        file.path("letters").properties().forEach(entry -> letters
                .put(entry.getKey().isEmpty() ? (char) 0 : entry.getKey().charAt(0), choice(entry.getValue())));
        return new ChainWord(letters, choice(file.path("lengths")),
                new SeenTexts(file.path("seen_bits").asInt(), BitText.bits(file.path("seen"))));
    }

    private static PlacePart place(JsonNode file) {
        List<Integer> given = new ArrayList<>();
        file.path("given").forEach(column -> given.add(column.asInt(-1)));
        return new PlacePart(file.path("group").asInt(), texts(file.path("countries")), given,
                texts(file.path("given_fields")).stream().map(PlaceField::valueOf).toList(),
                PlaceField.valueOf(file.path("field").asText()), WordCase.valueOf(file.path("case").asText()));
    }

    static List<String> texts(JsonNode file) {
        List<String> texts = new ArrayList<>();
        file.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
