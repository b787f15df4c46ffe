package io.freshet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

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
    void anObjectStaysAsItIsAndOneOfSeveralLinesBecomesOneLine() throws Exception {
        assertThat(json.json(utf8("{\"a\": 1.10, \"b\":[{\"ü\":null}]}"))).asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"a\": 1.10, \"b\":[{\"ü\":null}]}");
        assertThat(json.json(utf8(" {\n \"a\": 1.10\r\n}\n"))).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":1.10}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "1", "[1]", "null", "\"text\"", "{", "{\"a\":}", "{\"a\":1", "{} {}", "{\"a\":1}x",
            "{a:1}",
            "{\"a\":\"\n\"}", "{\"a\":01}" })
    void whatIsNoObjectIsMalformed(String text) {
        assertThatThrownBy(() -> json.json(utf8(text))).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void avroOfARegisteredSchemaBecomesJson() throws Exception {
        assertThat(avro.json(framed(3, 0))).asString(StandardCharsets.UTF_8).isEqualTo("{\"name\":\"Ada\",\"age\":36}");
    }

    @Test
    void avroThatIsCutOrOfNoSchemaOrNotFramedIsMalformed() throws Exception {
        assertThatThrownBy(() -> avro.json(framed(3, 2))).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("not of its schema");
        assertThatThrownBy(() -> avro.json(framed(4, 0))).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("no schema 4");
        assertThatThrownBy(() -> avro.json(utf8("{\"name\":\"Ada\"}"))).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("layout");
    }

    @Test
    void aRegistryThatDoesNotAnswerMakesNoMessageMalformed() throws Exception {
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
