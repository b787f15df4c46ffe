package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

class HostileTablesTest {

    @Test
    void smallAndOddTablesMakeModels() throws IOException {
        for (String csv : List.of("a\n1\n", "a,b\n1,x\n2,y\n", "a\n\"\"\n\"\"\n", "a,b\n1e300,-1e300\n2.5e-300,7\n3,8\n",
                "a,b\n" + IntStream.range(0, 200).mapToObj(i -> i + "," + 2 * i).collect(Collectors.joining("\n")),
                "a,b,c\n,1,x\n2,,y\n,,z\n4,4,\n")) {
            for (SynthesisMethod method : SynthesisMethod.values()) {
                assertThat(BirdstrikesTest.records(model(csv, method), 1, 0, 100, Conditions.none())).hasSize(100);
            }
        }
    }

    @Test
    void manyColumnsMakeAModel() throws IOException {
        String header = IntStream.range(0, 300).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String rows = IntStream.range(0, 60).mapToObj(r -> IntStream.range(0, 300).mapToObj(c -> "" + (r * 31 + c * r % 17))
                .collect(Collectors.joining(","))).collect(Collectors.joining("\n"));
        SynthesisModel model = model(header + "\n" + rows, SynthesisMethod.GAUSSIAN_COPULA);
        assertThat(BirdstrikesTest.records(model, 1, 0, 10, Conditions.none())).hasSize(10);
    }

    @Test
    void collinearColumnsStayTogether() throws IOException {
        SynthesisModel model = model("a,b\n" + IntStream.range(0, 500).mapToObj(i -> i % 50 + "," + 3 * (i % 50))
                .collect(Collectors.joining("\n")), SynthesisMethod.GAUSSIAN_COPULA);
        double distance = BirdstrikesTest.records(model, 1, 0, 2_000, Conditions.none()).stream()
                .mapToDouble(r -> Math.abs(3 * r.get("a").asInt() - r.get("b").asInt())).average().orElseThrow();
        assertThat(distance).isLessThan(10);
    }

    @Test
    void identifiersAreUniqueOfTheSameShapeAndNotReal() throws IOException {
        Set<String> real = IntStream.range(0, 300).mapToObj(i -> "ORD-%05d".formatted(i * 331 % 99991))
                .collect(Collectors.toSet());
        SynthesisModel model = model("code\n" + String.join("\n", real), SynthesisMethod.GAUSSIAN_COPULA);
        List<JsonNode> records = BirdstrikesTest.records(model, 5, 0, 5_000, Conditions.none());
        Set<String> made = new HashSet<>();
        records.forEach(record -> made.add(record.get("code").asText()));
        assertThat(made).hasSize(5_000).allMatch(code -> code.matches("ORD-\\d{5}"));
    }

    @Test
    void aModelFileGivesTheSameRows() throws IOException {
        SynthesisModel model = model("a,b,c,d,e\n" + IntStream.range(0, 6_000)
                .mapToObj(i -> i % 7 + "," + i * i % 5003 / 100.0 + "," + (i % 3 == 0 ? "" : "x" + i % 5) + ",2024-01-"
                        + "%02d".formatted(i % 28 + 1) + "," + (i % 2 == 0 ? "Yes" : "No"))
                .collect(Collectors.joining("\n")), SynthesisMethod.GAUSSIAN_COPULA);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelFile.write(model, file);
        SynthesisModel read = ModelFile.read(new ByteArrayInputStream(file.toByteArray()));
        assertThat(BirdstrikesTest.records(read, 9, 100, 500, Conditions.none()))
                .isEqualTo(BirdstrikesTest.records(model, 9, 100, 500, Conditions.none()));
        assertThat(read.schema()).isEqualTo(model.schema());
    }

    private static SynthesisModel model(String csv, SynthesisMethod method) throws IOException {
        return ModelFitter.fit(TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                TableFormat.CSV, ReadOptions.defaults()), method);
    }
}
