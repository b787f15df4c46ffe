package io.freshet.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A model as JSON: {@code format}, {@code version}, {@code method}, {@code rows}, {@code columns} and the lower triangle of the
 * latent
 * {@code correlation}, row by row. It holds shares, quantiles and patterns, never a row of the table.
 */
public final class ModelFile {

    static final String FORMAT = "freshet-model";
    static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
            .configure(JsonParser.Feature.AUTO_CLOSE_SOURCE, false);

    private ModelFile() {
    }

    public static void write(SynthesisModel model, OutputStream out) throws IOException {
        GaussianCopula copula = (GaussianCopula) model;
        ObjectNode file = MAPPER.createObjectNode();
        file.put("format", FORMAT).put("version", VERSION).put("method", copula.method().id())
                .put("rows", copula.fittedRows());
        ArrayNode columns = file.putArray("columns");
        copula.columns().forEach(column -> columns.add(ColumnFile.write(column, MAPPER.createObjectNode())));
        if (copula.method() == SynthesisMethod.GAUSSIAN_COPULA) {
            ArrayNode triangle = file.putArray("correlation");
            double[][] correlation = copula.strata().get(0).correlation();
            for (int i = 1; i < correlation.length; i++) {
                for (int j = 0; j < i; j++) {
                    triangle.add(correlation[i][j]);
                }
            }
        }
        MAPPER.writeValue(out, file);
    }

    /**
     * @throws ModelFileException if it is no model file of a version that is known
     */
    public static SynthesisModel read(InputStream in) throws IOException {
        JsonNode file;
        try {
            file = MAPPER.readTree(in);
        } catch (JsonProcessingException e) {
            throw new ModelFileException("it is no JSON: " + e.getOriginalMessage());
        }
        if (!FORMAT.equals(file.path("format").asText()) || file.path("version").asInt() != VERSION) {
            throw new ModelFileException("it is no " + FORMAT + " of version " + VERSION);
        }
        try {
            return model(file);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFileException(String.valueOf(e.getMessage()));
        }
    }

    private static SynthesisModel model(JsonNode file) {
        SynthesisMethod method = SynthesisMethod.find(file.path("method").asText())
                .orElseThrow(() -> new ModelFileException("its method is none of " + SynthesisMethod.ids()));
        List<ColumnModel> columns = new ArrayList<>();
        file.path("columns").forEach(column -> columns.add(ColumnFile.read(column)));
        int size = LatentSpace.of(columns).dependent();
        double[][] correlation = new double[size][size];
        JsonNode triangle = file.path("correlation");
        boolean dependent = method == SynthesisMethod.GAUSSIAN_COPULA;
        if (dependent && triangle.size() != size * (size - 1) / 2) {
            throw new ModelFileException("its correlation has " + triangle.size() + " numbers, not " + size * (size - 1) / 2);
        }
        int next = 0;
        for (int i = 0; i < size; i++) {
            correlation[i][i] = 1;
            for (int j = 0; j < i && dependent; j++) {
                correlation[i][j] = triangle.get(next++).asDouble();
                correlation[j][i] = correlation[i][j];
            }
        }
        return new GaussianCopula(method, columns, List.of(CopulaStratum.of(1, columns, correlation)),
                file.path("rows").asLong());
    }
}
