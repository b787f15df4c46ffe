package io.freshet.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A model as JSON: {@code format}, {@code version}, {@code method}, {@code rows}, {@code columns} and the lower triangle of
 * the latent {@code correlation}, row by row; instead of the last, where there are strata or parents, {@code strata} with a
 * {@code share}, marginals in the order of the columns (categories by their number in the {@code values} of the column) and
 * a {@code correlation} each. A column whose values depend on those of a {@code parent}, by its number, has {@code groups}
 * of shares, and {@code group_of} each value of the parent and, last, of none. Where a service keeps it, {@code origin} says
 * which version of the model it is, and {@code panes} what it has learned bit by bit, so that it goes on learning where it
 * was. It holds shares, quantiles and patterns, never a row of the table.
 */
public final class ModelFile {

    static final String FORMAT = "freshet-model";
    static final int VERSION = 1;
    /** A file that is read may take one of so many parts. */
    private static final int PART_OF_MEMORY = 4;

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
            .configure(JsonParser.Feature.AUTO_CLOSE_SOURCE, false);

    private ModelFile() {
    }

    /**
     * All that a file holds.
     *
     * @param origin empty in a file of a model alone
     */
    public record Contents(SynthesisModel model, Optional<ModelOrigin> origin) {
    }

    /** Writes a model alone, without what only learning needs. */
    public static void write(SynthesisModel model, OutputStream out) throws IOException {
        write(new Contents(model, Optional.empty()), out);
    }

    public static void write(Contents contents, OutputStream out) throws IOException {
        SynthesisModel model = contents.model();
        GaussianCopula copula = GaussianCopula.of(model);
        ObjectNode file = MAPPER.createObjectNode();
        file.put("format", FORMAT).put("version", VERSION).put("method", copula.method().id())
                .put("rows", copula.fittedRows());
        contents.origin().ifPresent(origin -> OriginFile.write(origin, file.putObject("origin")));
        ArrayNode columns = file.putArray("columns");
        copula.columns().forEach(column -> columns.add(ColumnFile.write(column, MAPPER.createObjectNode())));
        if (copula.strata().size() > 1 || hasParents(copula.strata().get(0))) {
            ArrayNode strata = file.putArray("strata");
            copula.strata().forEach(stratum -> writeStratum(stratum, strata.addObject()));
        } else if (copula.method() == SynthesisMethod.GAUSSIAN_COPULA) {
            writeCorrelation(copula.strata().get(0).correlation(), file.putArray("correlation"));
        }
        if (model instanceof ConstrainedModel constrained) {
            ConstraintFile.write(constrained.plan(), file);
        }
        if (contents.origin().isPresent() && !copula.panes().list().isEmpty()) {
            PaneFile.write(copula.panes(), file.putArray("panes"));
        }
        MAPPER.writeValue(out, file);
    }

    private static boolean hasParents(CopulaStratum stratum) {
        return stratum.columns().stream().anyMatch(column -> column.values() instanceof DependentSteps);
    }

    private static void writeStratum(CopulaStratum stratum, ObjectNode file) {
        file.put("share", stratum.share());
        ArrayNode columns = file.putArray("columns");
        stratum.columns().forEach(column -> ColumnFile.writeMarginal(column, columns.addObject()));
        writeCorrelation(stratum.correlation(), file.putArray("correlation"));
    }

    private static void writeCorrelation(double[][] correlation, ArrayNode triangle) {
        for (int i = 1; i < correlation.length; i++) {
            for (int j = 0; j < i; j++) {
                triangle.add(correlation[i][j]);
            }
        }
    }

    /**
     * The model of a file.
     *
     * @throws ModelFileException if it is no model file of a version that is known
     */
    public static SynthesisModel read(InputStream in) throws IOException {
        return readContents(in).model();
    }

    /** @throws ModelFileException as {@link #read} */
    public static Contents readContents(InputStream in) throws IOException {
        JsonNode file;
        try {
            file = JsonTree.read(MAPPER, in, Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
        } catch (JsonProcessingException e) {
            throw new ModelFileException("it is no JSON: " + e.getOriginalMessage());
        }
        if (!FORMAT.equals(file.path("format").asText()) || file.path("version").asInt() != VERSION) {
            throw new ModelFileException("it is no " + FORMAT + " of version " + VERSION);
        }
        try {
            return new Contents(model(file), OriginFile.read(file.path("origin")));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFileException(String.valueOf(e.getMessage()));
        }
    }

    private static SynthesisModel model(JsonNode file) {
        SynthesisMethod method = SynthesisMethod.find(file.path("method").asText())
                .orElseThrow(() -> new ModelFileException("its method is none of " + SynthesisMethod.ids()));
        List<ColumnModel> columns = new ArrayList<>();
        file.path("columns").forEach(column -> columns.add(ColumnFile.read(column)));
        List<CopulaStratum> strata = new ArrayList<>();
        for (JsonNode stratum : file.path("strata")) {
            strata.add(stratum(stratum, columns));
        }
        if (strata.isEmpty()) {
            boolean dependent = method == SynthesisMethod.GAUSSIAN_COPULA;
            int size = LatentSpace.of(columns).dependent();
            strata.add(CopulaStratum.of(1, columns, correlation(file.path("correlation"), size, dependent)));
        }
        GaussianCopula model = new GaussianCopula(method, columns, strata, file.path("rows").asLong());
        return ConstraintFile.read(file, model.withPanes(PaneFile.read(file.path("panes"), model)));
    }

    private static CopulaStratum stratum(JsonNode file, List<ColumnModel> columns) {
        JsonNode marginals = file.path("columns");
        if (marginals.size() != columns.size()) {
            throw new ModelFileException("a stratum has " + marginals.size() + " columns, not " + columns.size());
        }
        List<ColumnModel> here = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            here.add(ColumnFile.readMarginal(marginals.get(c), columns.get(c)));
        }
        return CopulaStratum.of(file.path("share").asDouble(), here,
                correlation(file.path("correlation"), LatentSpace.of(here).dependent(), true));
    }

    static double[][] correlation(JsonNode triangle, int size, boolean dependent) {
        if (dependent && triangle.size() != size * (size - 1) / 2) {
            throw new ModelFileException("its correlation has " + triangle.size() + " numbers, not " + size * (size - 1) / 2);
        }
        double[][] correlation = new double[size][size];
        int next = 0;
        for (int i = 0; i < size; i++) {
            correlation[i][i] = 1;
            for (int j = 0; j < i && dependent; j++) {
                correlation[i][j] = triangle.get(next++).asDouble();
                correlation[j][i] = correlation[i][j];
            }
        }
        return correlation;
    }
}
