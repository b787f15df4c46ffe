package io.freshet.model.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import io.freshet.codec.BinaryFormat;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.protobuf.ProtoSchema;
import io.freshet.table.Notice;
import io.freshet.table.RowBatch;

/** Each schema gives records that an independent reader of the format accepts. */
class SchemaImportTest {

    private static final int ROWS = 300;

    private static final String AVRO = """
            {"type":"record","name":"Order","namespace":"shop","fields":[
             {"name":"orderid","type":{"type":"int","arg.properties":{"iteration":{"start":5,"restart":9}}}},
             {"name":"item","type":{"type":"string","arg.properties":{"regex":"Item_[1-9][0-9]{0,2}"}}},
             {"name":"units","type":{"type":"double","arg.properties":{"range":{"min":0.1,"max":10.0}}}},
             {"name":"size","type":{"type":"string","arg.properties":{"options":["S","M"],"colour":"red"}}},
             {"name":"paid","type":{"type":"boolean","arg.properties":{"odds":1.0}}},
             {"name":"code","type":{"type":"string","arg.properties":{"length":{"min":3,"max":5}}}},
             {"name":"note","type":["null","string"],"default":null},
             {"name":"when","type":{"type":"long","logicalType":"timestamp-millis"}},
             {"name":"day","type":{"type":"int","logicalType":"date","arg.properties":{"range":{"min":18000,"max":18010}}}},
             {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":8,"scale":2}},
             {"name":"hash","type":{"type":"fixed","name":"Md5","size":16}},
             {"name":"state","type":{"type":"enum","name":"State","symbols":["NEW","DONE"]}},
             {"name":"address","type":{"type":"record","name":"Address","fields":[{"name":"city","type":"string"},
               {"name":"zip","type":"string"}]}},
             {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[
               {"name":"sku","type":"string"},{"name":"count","type":"int"},{"name":"parts","type":{"type":"array","items":"Line"}}]}}},
             {"name":"labels","type":{"type":"map","values":["long","string"]}},
             {"name":"either","type":["int","boolean",{"type":"record","name":"Other","fields":[{"name":"x","type":"float"}]}]}]}
            """;

    private static final String PROTO = """
            syntax = "proto3";
            package shop;
            import "google/protobuf/timestamp.proto";
            import "google/protobuf/wrappers.proto";
            import "validate/validate.proto";
            message Money { string currency = 1; int64 units = 2 [(validate.rules).int64.gt = 0]; sint32 nanos = 3; }
            message Order {
              reserved 4, 10 to 12; // a comment
              string id = 1;
              optional uint32 quantity = 2;
              Money price = 3;
              repeated double weights = 5;
              repeated string tags = 6;
              map<string, Money> fees = 7;
              map<int32, bool> flags = 8;
              google.protobuf.Timestamp at = 9;
              google.protobuf.StringValue note = 13;
              enum State { STATE_UNSPECIFIED = 0; NEW = 1; DONE = 2; }
              State state = 14;
              bytes digest = 15;
              oneof payment { string iban = 16; Card card = 17; bool cash = 18; }
              message Card { string card_number = 1; fixed64 expires = 2; }
              repeated Order parts = 19;
              repeated Step steps = 20;
              message Step { oneof what { string text = 1; int32 number = 2; } float share = 3; }
            }
            service Orders { rpc Get (Order) returns (Order) { option deprecated = true; } }
            """;

    private static final String JSON = """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Order","type":"object",
             "required":["id","email","lines","extra"],
             "properties":{
              "id":{"type":"string","format":"uuid"},
              "email":{"type":"string","format":"email","maxLength":80},
              "sku":{"type":"string","pattern":"^[A-Z]{2}-\\\\d{3}$"},
              "count":{"type":"integer","minimum":3,"exclusiveMaximum":12,"multipleOf":3},
              "ratio":{"type":"number","exclusiveMinimum":0,"maximum":1},
              "state":{"enum":["new","done",7,null]},
              "kind":{"const":"order"},
              "note":{"type":["string","null"]},
              "at":{"type":"string","format":"date-time"},
              "day":{"type":"string","format":"date"},
              "address":{"$ref":"#/$defs/address"},
              "lines":{"type":"array","minItems":1,"maxItems":4,"uniqueItems":true,"items":{"$ref":"#/$defs/line"}},
              "either":{"oneOf":[{"type":"integer","minimum":0},{"type":"string","minLength":2,"maxLength":4},{"type":"null"}]},
              "both":{"allOf":[{"type":"integer","minimum":5},{"maximum":9}]},
              "labels":{"type":"object","patternProperties":{"^x-[a-z]{1,3}$":{"type":"boolean"}},"additionalProperties":false},
              "lookahead":{"type":"string","pattern":"^(?!a)"},
              "tree":{"$ref":"#/$defs/tree"}},
             "$defs":{"address":{"type":"object","properties":{"city":{"type":"string"},"country":{"type":"string"}}},
              "line":{"type":"object","required":["price"],"properties":{"price":{"type":"number","minimum":0.01}}},
              "tree":{"type":"object","properties":{"name":{"type":"string"},"left":{"$ref":"#/$defs/tree"}}}}}
            """;

    private static RowBatch rows(DeclaredModel model) {
        RowGenerator generator = model.generator(11, Conditions.none());
        RowBatch batch = generator.newBatch(ROWS);
        generator.fill(batch, 0, ROWS);
        return batch;
    }

    private static EncodedRecords encoded(DeclaredModel model, BinaryFormat format) {
        EncodedRecords records = EncodedRecords.create(ROWS);
        format.encoder().encode(new RecordBatch.Rows(rows(model)), null, records);
        return records;
    }

    @Test
    void avroRecordsMatchTheirSchemaAndTheirProperties() throws IOException {
        SchemaImport imported = SchemaImport.of(SchemaFormat.AVRO, AVRO);
        EncodedRecords records = encoded(imported.model(), BinaryFormat.AVRO);
        Schema schema = new Schema.Parser().parse(AVRO);

        for (int i = 0; i < ROWS; i++) {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(records.copy(i), null);
            GenericRecord order = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            assertThat(decoder.isEnd()).isTrue();
            assertThat(GenericData.get().validate(schema, order)).isTrue();
            assertThat(order.get("orderid")).isEqualTo(5 + i % 4);
            assertThat(order.get("item").toString()).matches("Item_[1-9][0-9]{0,2}");
            assertThat((Double) order.get("units")).isBetween(0.1, 10.0);
            assertThat(order.get("size").toString()).matches("S|M");
            assertThat(order.get("paid")).isEqualTo(true);
            assertThat(order.get("code").toString()).hasSizeBetween(3, 4);
            assertThat((Integer) order.get("day")).isBetween(18_000, 18_009);
        }
        assertThat(imported.notices()).extracting(Notice::column).containsExactly("size", "lines.parts");
        assertThat(BinaryFormat.AVRO.schema(imported.model().schema(), true, "other")).isEqualTo(AVRO);
    }

    @Test
    void protobufRecordsHaveNoUnknownFieldsAndOneFieldOfAChoice() throws IOException {
        SchemaImport imported = SchemaImport.of(SchemaFormat.PROTOBUF, PROTO);
        EncodedRecords records = encoded(imported.model(), BinaryFormat.PROTOBUF);
        Descriptors.Descriptor message = ProtoSchema.parse(PROTO).message();

        assertThat(message.getName()).isEqualTo("Order");
        for (int i = 0; i < ROWS; i++) {
            DynamicMessage order = DynamicMessage.parseFrom(message, records.copy(i));
            assertThat(order.getUnknownFields().asMap()).isEmpty();
            assertThat(List.of("iban", "card", "cash").stream()
                    .filter(name -> order.hasField(message.findFieldByName(name)))).hasSize(1);
            List<?> steps = (List<?>) order.getField(message.findFieldByName("steps"));
            assertThat(steps).allSatisfy(step -> assertThat(((DynamicMessage) step)
                    .hasOneof(((DynamicMessage) step).getDescriptorForType().getOneofs().get(0))).isTrue());
        }
        assertThat(imported.notices()).extracting(Notice::column).containsExactly("the schema", "parts");
        assertThat(BinaryFormat.PROTOBUF.messageIndex(imported.model().schema())).containsExactly(2, 2);
    }

    @Test
    void jsonRecordsAreValid() throws IOException {
        SchemaImport imported = SchemaImport.of(SchemaFormat.JSON_SCHEMA, JSON);
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(JSON.replace("\"lookahead\""
                        + ":{\"type\":\"string\",\"pattern\":\"^(?!a)\"},", ""));
        EncodedRecords records = encoded(imported.model(), BinaryFormat.JSON_SCHEMA);

        for (int i = 0; i < ROWS; i++) {
            JsonNode order = new ObjectMapper().readTree(records.copy(i));
            assertThat(schema.validate(order)).isEmpty();
        }
        assertThat(imported.notices()).extracting(Notice::column).containsExactly("lookahead", "tree.left");
    }

    @Test
    void theDeclarationOfASchemaGivesTheSameRows() {
        for (Map.Entry<SchemaFormat, String> each : Map.of(SchemaFormat.AVRO, AVRO, SchemaFormat.PROTOBUF, PROTO,
                SchemaFormat.JSON_SCHEMA, JSON).entrySet()) {
            DeclaredModel model = SchemaImport.of(each.getKey(), each.getValue()).model();
            DeclaredModel edited = SchemaImport.of(SchemaFormat.YAML, SchemaImport.yaml(model)).model();
            assertThat(json(edited)).isEqualTo(json(model));
        }
    }

    private static String json(DeclaredModel model) {
        EncodedRecords records = EncodedRecords.create(ROWS);
        new JsonEncoder().encode(new RecordBatch.Rows(rows(model)), null, records);
        return new String(records.bytes(), 0, records.used(), StandardCharsets.UTF_8);
    }

    @Test
    void theSchemaOfColumnsDescribesThemAsJson() throws IOException {
        DeclaredModel model = SchemaImport.of(SchemaFormat.YAML, """
                columns:
                  id: { sequence: {} }
                  place: { object: { city: city }, nulls: 0.3 }
                  price: { uniform: { min: 0, max: 9 }, digits: 2, nulls: 0.2 }
                  tags: { array: { of: word } }
                """).model();
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(BinaryFormat.JSON_SCHEMA.schema(model.schema(), false, "t"));
        EncodedRecords records = encoded(model, BinaryFormat.JSON_SCHEMA);

        for (int i = 0; i < ROWS; i++) {
            assertThat(schema.validate(new ObjectMapper().readTree(records.copy(i)))).isEmpty();
        }
        assertThat(schema.validate(new ObjectMapper().readTree("{\"id\":\"x\"}"))).isNotEmpty();
    }

    @Test
    void whatIsNoSchemaIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> SchemaImport.of(SchemaFormat.AVRO, "{\"type\":\"record\"}"))
                .isInstanceOf(DeclarationException.class).hasMessageContaining("not a valid Avro schema");
        assertThatThrownBy(() -> SchemaImport.of(SchemaFormat.AVRO, "\"string\"")).hasMessageContaining("must be a record");
        assertThatThrownBy(
                () -> SchemaImport.of(SchemaFormat.PROTOBUF, "syntax = \"proto3\";\nmessage A {\n  strin g x = 1;\n}"))
                .isInstanceOf(DeclarationException.class).hasMessageContaining("(line 3)");
        assertThatThrownBy(() -> SchemaImport.of(SchemaFormat.PROTOBUF, "message A { google.type.Money m = 1; }"))
                .isInstanceOf(DeclarationException.class);
        assertThatThrownBy(() -> SchemaImport.of(SchemaFormat.JSON_SCHEMA,
                "{\"properties\":{\"a\":{\"$ref\":\"https://example.com/a.json\"}}}")).hasMessageContaining("another document");
        assertThatThrownBy(() -> SchemaImport.of(SchemaFormat.JSON_SCHEMA, "{\"type\":\"object\",\"required\":[\"a\"],"
                + "\"properties\":{\"a\":{\"$ref\":\"#\"}}}")).hasMessageContaining("contains itself");
    }
}
