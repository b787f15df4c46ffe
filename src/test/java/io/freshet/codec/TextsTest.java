package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.RowBatch;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

class TextsTest {

    private final SplittableRandom random = new SplittableRandom(11);

    private List<String> texts(int count, int longest) {
        return Stream.generate(() -> Written.text(random, longest)).limit(count).toList();
    }

    private static RowBatch batch(List<String> texts, List<String> dictionary) {
        int rows = texts.size();
        TextVector own = TextVector.create(rows);
        CodedVector coded = CodedVector.create(rows, TextDictionary.of(dictionary));
        for (int i = 0; i < rows; i++) {
            own.append(i, texts.get(i));
            coded.codes()[i] = i % (dictionary.size() + 1);
        }
        return Written.batch(List.of(new Column("own", new ColumnType.FreeText(), true),
                new Column("coded", new ColumnType.Categorical(), true)), List.of(own, coded), rows);
    }

    @ParameterizedTest
    @ValueSource(ints = { 3, 12, 40, 300 })
    void everyTextIsReadBackFromJsonAndFromCsv(int longest) {
        List<String> texts = texts(2_000, longest);
        List<String> dictionary = Stream.concat(Stream.of(""), texts(700, longest).stream()).distinct().toList();
        RowBatch batch = batch(texts, dictionary);

        List<JsonNode> json = Written.json(batch);
        var csv = Written.csv(batch, null);

        for (int i = 0; i < texts.size(); i++) {
            int code = i % (dictionary.size() + 1);
            boolean missing = code == dictionary.size();
            assertThat(json.get(i).get("own").textValue()).isEqualTo(texts.get(i));
            assertThat(json.get(i).get("coded").textValue()).isEqualTo(missing ? null : dictionary.get(code));
            assertThat(csv.get(i + 1).getField(0)).isEqualTo(texts.get(i));
            assertThat(csv.get(i + 1).getField(1)).isEqualTo(missing ? "" : dictionary.get(code));
        }
    }

    @Test
    void everyNameIsReadBack() {
        List<String> names = Stream.concat(Stream.of("a.b", "_id", " ", "\"", "\n", "x".repeat(200)), texts(300, 30).stream())
                .filter(name -> !name.isEmpty()).distinct().toList();
        List<Column> columns = new ArrayList<>();
        List<CodedVector> vectors = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            columns.add(new Column(names.get(c), new ColumnType.Categorical(), false));
            vectors.add(CodedVector.wrap(new int[] { 0, 1 }, TextDictionary.of(List.of("value " + c))));
        }
        RowBatch batch = Written.batch(columns, vectors, 2);

        JsonNode json = Written.json(batch).get(0);
        assertThat(json).hasSize(names.size());
        IntStream.range(0, names.size())
                .forEach(c -> assertThat(json.get(names.get(c)).textValue()).isEqualTo("value " + c));
        assertThat(Written.csv(batch, null).get(0).getFields()).isEqualTo(names);
        assertThat(Written.json(batch).get(1)).allMatch(JsonNode::isNull);
    }

    @Test
    void aLoneSurrogateBecomesAQuestionMarkEverywhere() {
        List<String> lone = List.of("a\uD83Dz", "\uDC26", "x\uD83D", "\uDC26\uD83D");
        List<String> mended = List.of("a?z", "?", "x?", "??");
        String longer = "y".repeat(100);
        RowBatch batch = batch(lone, lone);
        RowBatch longBatch = batch(lone.stream().map(text -> text + longer).toList(),
                lone.stream().map(text -> text + longer).toList());
        for (int i = 0; i < 4; i++) {
            assertThat(Written.json(batch).get(i).get("own").textValue()).isEqualTo(mended.get(i));
            assertThat(Written.json(batch).get(i).get("coded").textValue()).isEqualTo(mended.get(i));
            assertThat(Written.json(longBatch).get(i).get("coded").textValue()).isEqualTo(mended.get(i) + longer);
            assertThat(Written.csv(batch, null).get(i + 1).getFields()).containsExactly(mended.get(i), mended.get(i));
            assertThat(Written.csv(longBatch, null).get(i + 1).getField(1)).isEqualTo(mended.get(i) + longer);
        }
    }

    @Test
    void oneLongTextTakesAsMuchMemoryAsItIsLong() {
        List<String> texts = new ArrayList<>(texts(10_000, 10));
        String longText = "long \"text\" ".repeat(100_000);
        texts.set(5_000, longText);
        RowBatch batch = batch(texts, List.of("short", longText, "shorter"));
        CodedVector coded = (CodedVector) batch.vector(1);
        for (int i = 0; i < texts.size(); i++) {
            coded.codes()[i] = i == 7_777 ? 1 : i % 2 * 2;
        }
        EncodedRecords encoded = EncodedRecords.create();
        new JsonEncoder().encode(new RecordBatch.Rows(batch), null, encoded);

        assertThat(encoded.bytes().length).isLessThan(24 << 20);
        List<JsonNode> json = Written.json(batch);
        assertThat(json.get(5_000).get("own").textValue()).isEqualTo(longText);
        assertThat(json.get(7_777).get("coded").textValue()).isEqualTo(longText);
        assertThat(json.get(9_999).get("own").textValue()).isEqualTo(texts.get(9_999));
        assertThat(json.get(9_999).get("coded").textValue()).isEqualTo("shorter");
    }

    @Test
    void manyCategoriesAreWrittenFromTheirDictionary() {
        TextDictionary dictionary = TextDictionary.of(IntStream.range(0, 300_000).mapToObj(i -> "category \n" + i).toList());
        CodedVector coded = CodedVector.wrap(random.ints(5_000, 0, 300_001).toArray(), dictionary);
        RowBatch batch = Written.batch(new ColumnType.Categorical(), coded);
        List<JsonNode> json = Written.json(batch);
        for (int i = 0; i < json.size(); i++) {
            int code = coded.codes()[i];
            assertThat(json.get(i).get("v").textValue()).isEqualTo(code == 300_000 ? null : dictionary.text(code));
        }
    }

    @Test
    void aWideRowIsWrittenWhole() {
        int wide = 3_000;
        List<Column> columns = new ArrayList<>();
        List<CodedVector> vectors = new ArrayList<>();
        for (int c = 0; c < wide; c++) {
            columns.add(new Column("column " + c, new ColumnType.Categorical(), false));
            vectors.add(CodedVector.wrap(new int[] { 0, 1, 0 }, TextDictionary.of(List.of("value", "other"))));
        }
        RowBatch batch = Written.batch(columns, vectors, 3);
        List<JsonNode> json = Written.json(batch);
        assertThat(json).hasSize(3).allMatch(record -> record.size() == wide);
        assertThat(json.get(1).get("column 2999").textValue()).isEqualTo("other");
    }

    @Test
    void identifiersThatAreNoJsonNumbersAreWrittenAsTexts() {
        List<String> numbers = List.of("0", "-1", "12.5", "12345678901234567890", "007", "+5", "1.", "-", "", "1e5", ".5");
        TextVector vector = TextVector.create(numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            vector.append(i, numbers.get(i));
        }
        List<JsonNode> json = Written.json(Written.batch(new ColumnType.Identifier(true), vector));
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(json.get(i).get("v").asText()).isEqualTo(numbers.get(i));
            assertThat(json.get(i).get("v").isNumber()).isEqualTo(i < 4);
        }
    }
}
