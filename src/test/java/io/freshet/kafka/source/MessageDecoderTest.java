package io.freshet.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDecoderTest {

    private static final Schema PERSON = SchemaBuilder.record("Person").fields().requiredString("name").requiredInt("age")
            .endRecord();

    private final MessageDecoder json = new MessageDecoder(false, id -> "");
    private final MessageDecoder avro = new MessageDecoder(true, id -> {
        if (id != 3) {
            throw new IllegalArgumentException("no schema " + id);
        }
        return PERSON.toString();
    });

    @Test
    void anObjectIsUnchangedAndOneOfSeveralLinesBecomesOneLine() throws Exception {
        assertThat(json.json(utf8("{\"a\": 1.10, \"b\":[{\"ü\":null}]}"))).asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"a\": 1.10, \"b\":[{\"ü\":null}]}");
        assertThat(json.json(utf8(" {\n \"a\": 1.10\r\n}\n"))).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":1.10}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "1", "[1]", "null", "\"text\"", "{", "{\"a\":}", "{\"a\":1", "{} {}", "{\"a\":1}x",
            "{a:1}",
            "{\"a\":\"\n\"}", "{\"a\":01}" })
    void anythingButAnObjectIsMalformed(String text) {
        assertThatThrownBy(() -> json.json(utf8(text))).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void theReasonDoesNotNameClassesOfTheParser() {
        assertThatThrownBy(() -> json.json(utf8("{\"a\":NaN}"))).isInstanceOf(MalformedMessageException.class)
                .hasMessageNotContaining("JsonReadFeature");
        assertThatThrownBy(() -> json.json(utf8("{\"a\":"))).isInstanceOf(MalformedMessageException.class)
                .hasMessage("unexpected end");
    }

    @Test
    void avroOfARegisteredSchemaBecomesJson() throws Exception {
        assertThat(avro.json(framed(3, 0))).asString(StandardCharsets.UTF_8).isEqualTo("{\"name\":\"Ada\",\"age\":36}");
    }

    @Test
    void avroThatIsTruncatedOrHasNoSchemaOrNoFrameIsMalformed() throws Exception {
        assertThatThrownBy(() -> avro.json(framed(3, 2))).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("does not match its schema");
        assertThatThrownBy(() -> avro.json(framed(4, 0))).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("no schema 4");
        assertThatThrownBy(() -> avro.json(utf8("{\"name\":\"Ada\"}"))).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("wire format");
    }

    @Test
    void avroTimesBecomeTextsInIsoFormat() throws Exception {
        Schema times = SchemaBuilder.record("Times").fields().name("day")
                .type(LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT))).noDefault().name("at")
                .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG))).noDefault().name("exact")
                .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG))).noDefault().name("time")
                .type(LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT))).noDefault().endRecord();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] { 0, 0, 0, 0, 1 });
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(times).write(new GenericRecordBuilder(times).set("day", 20_513).set("at", -250L)
                .set("exact", 1_772_366_400_000_001L).set("time", 3_661_000).build(), encoder);
        encoder.flush();

        assertThat(new MessageDecoder(true, id -> times.toString()).json(bytes.toByteArray())).asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"day\":\"2026-03-01\",\"at\":\"1969-12-31T23:59:59.750Z\","
                        + "\"exact\":\"2026-03-01T12:00:00.000001Z\",\"time\":\"01:01:01\"}");
    }

    @Test
    void anUnavailableRegistryDoesNotMakeMessagesMalformed() throws Exception {
        MessageDecoder cutOff = new MessageDecoder(true, id -> {
            throw new IOException("no answer");
        });

        assertThatThrownBy(() -> cutOff.json(framed(3, 0))).isInstanceOf(IOException.class).hasMessage("no answer");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] framed(int id, int missing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] { 0, 0, 0, 0, (byte) id });
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(PERSON).write(new GenericRecordBuilder(PERSON).set("name", "Ada").set("age", 36).build(),
                encoder);
        encoder.flush();
        byte[] all = bytes.toByteArray();
        return java.util.Arrays.copyOf(all, all.length - missing);
    }
}
