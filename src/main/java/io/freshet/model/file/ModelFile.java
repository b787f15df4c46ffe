package io.freshet.model.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ModelFileException;
import io.freshet.model.ModelOrigin;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.constraint.ConstrainedModel;
import io.freshet.model.copula.CopulaStratum;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.copula.LatentSpace;
import io.freshet.model.declared.DeclaredModel;
import io.freshet.model.gan.GanFile;
import io.freshet.model.gan.GanModel;
import io.freshet.model.marginal.ColumnFile;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.DependentSteps;
import io.freshet.model.marginal.JsonTree;
import io.freshet.model.meaning.MeaningFile;
import io.freshet.model.meaning.MeaningModel;
import io.freshet.model.online.Panes;
import io.freshet.model.privacy.PrivacyFile;
import io.freshet.model.privacy.PrivateModel;
import io.freshet.model.tree.TreeFile;
import io.freshet.model.tree.TreeModel;
import io.freshet.table.RecordSchema;

/**
 * A model as JSON: {@code format}, {@code version}, {@code method}, {@code rows}, {@code columns} and the lower triangle of
 * the latent {@code correlation}, row by row; instead of the last, where there are strata or parents, {@code strata} with a
 * {@code share}, marginals in the order of the columns (categories by their number in the {@code values} of the column) and
 * a {@code correlation} each. A column whose values depend on those of a {@code parent}, by its number, has {@code groups}
 * of shares, and {@code group_of} each value of the parent and, last, of none. Where a service keeps it, {@code origin} says
 * which version of the model it is, and {@code panes} what it has learned bit by bit, so that it goes on learning where it
 * was. {@code relations} say which columns follow from others. It holds shares, quantiles and patterns, never a row of the
 * table.
 */
public final class ModelFile {

    /** The name of the format, in the first member of every file. */
    public static final String FORMAT = "freshet-model";
    static final int VERSION = 1;
    /** Of the methods and relations that came after the first version. */
    static final int VERSION_2 = 2;
    /** The fraction of the memory that a file may use when it is read, as a divisor. */
    private static final int PART_OF_MEMORY = 4;

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
            .configure(JsonParser.Feature.AUTO_CLOSE_SOURCE, false);

    private ModelFile() {
    }

    /**
     * The contents of a file.
     *
     * @param origin empty in a file that only contains a model
     */
    public record Contents(SynthesisModel model, Optional<ModelOrigin> origin) {
    }

    /** Writes a model without the state that only learning needs. */
    public static void write(SynthesisModel model, OutputStream out) throws IOException {
        write(new Contents(model, Optional.empty()), out);
    }

    public static void write(Contents contents, OutputStream out) throws IOException {
        SynthesisModel model = contents.model() instanceof MeaningModel texts ? texts.inner() : contents.model();
        if (model instanceof DeclaredModel declared) {
            MAPPER.writeValue(out, file(contents, declared));
            return;
        }
        if (model.core() instanceof TreeModel trees) {
            MAPPER.writeValue(out, file(contents, model, trees));
            return;
        }
        if (model.core() instanceof GanModel gan) {
            MAPPER.writeValue(out, file(contents, model, gan));
            return;
        }
        if (model instanceof PrivateModel noisy) {
            ObjectNode file = file(contents, model, noisy.trees());
            PrivacyFile.write(noisy.ledger(), file);
            MAPPER.writeValue(out, file);
            return;
        }
        GaussianCopula copula = GaussianCopula.of(model);
        ObjectNode file = MAPPER.createObjectNode();
        file.put("format", FORMAT).put("version", version(model)).put("method", copula.method().id())
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
        MeaningFile.write(contents.model(), file);
        if (contents.origin().isPresent() && copula.history() instanceof Panes panes && !panes.list().isEmpty()) {
            PaneFile.write(panes, file.putArray("panes"));
        }
        MAPPER.writeValue(out, file);
    }

    /** A model with relations needs readers that know of them. */
    private static int version(SynthesisModel model) {
        return model instanceof ConstrainedModel constrained && !constrained.plan().relations().relations().isEmpty()
                ? VERSION_2
                : VERSION;
    }

    private static ObjectNode file(Contents contents, SynthesisModel model, GanModel gan) {
        ObjectNode file = begun(contents);
        GanFile.write(gan, contents.origin().isPresent(), file);
        complete(contents, model, file);
        return file;
    }

    private static ObjectNode begun(Contents contents) {
        ObjectNode file = MAPPER.createObjectNode();
        file.put("format", FORMAT).put("version", VERSION_2).put("method", contents.model().method().id())
                .put("rows", contents.model().fittedRows());
        contents.origin().ifPresent(origin -> OriginFile.write(origin, file.putObject("origin")));
        return file;
    }

    private static void complete(Contents contents, SynthesisModel model, ObjectNode file) {
        if (model instanceof ConstrainedModel constrained) {
            ConstraintFile.write(constrained.plan(), file);
        }
        MeaningFile.write(contents.model(), file);
    }

    private static ObjectNode file(Contents contents, SynthesisModel model, TreeModel trees) {
        ObjectNode file = begun(contents);
        TreeFile.write(trees, file);
        complete(contents, model, file);
        if (contents.origin().isPresent() && !trees.segments().isEmpty()) {
            TreeFile.writeSegments(trees, file.putArray("segments"));
        }
        return file;
    }

    private static ObjectNode file(Contents contents, DeclaredModel model) {
        ObjectNode file = MAPPER.createObjectNode();
        file.put("format", FORMAT).put("version", VERSION_2).put("method", model.method().id());
        contents.origin().ifPresent(origin -> OriginFile.write(origin, file.putObject("origin")));
        file.set("declaration", model.declaration());
        model.schema().records()
                .ifPresent(records -> file.putObject("schema").put("format", records.format()).put("text", records.text()));
        return file;
    }

    private static DeclaredModel declared(JsonNode file) {
        JsonNode schema = file.path("schema");
        return DeclaredModel.of(file.path("declaration"), schema.isObject()
                ? Optional.of(new RecordSchema(schema.path("format").asText(), schema.path("text").asText()))
                : Optional.empty());
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
     * Reads the model of a file.
     *
     * @throws ModelFileException if it is not a model file of a known version
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
            // the library's own message names its classes
            JsonLocation at = e.getLocation();
            throw new ModelFileException("it is not valid JSON"
                    + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
        }
        int version = file.path("version").asInt();
        if (!FORMAT.equals(file.path("format").asText()) || version != VERSION && version != VERSION_2) {
            throw new ModelFileException("it is not a " + FORMAT + " of version " + VERSION + " or " + VERSION_2);
        }
        try {
            return new Contents(MeaningFile.read(file, model(file)), OriginFile.read(file.path("origin")));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFileException(String.valueOf(e.getMessage()));
        }
    }

    private static SynthesisModel model(JsonNode file) {
        if (file.path("method").asText().equals(SynthesisMethod.DECLARED.id())) {
            return declared(file);
        }
        SynthesisMethod method = SynthesisMethod.find(file.path("method").asText())
                .filter(known -> known != SynthesisMethod.AUTO)
                .orElseThrow(() -> new ModelFileException("its method is not one of " + SynthesisMethod.ids()));
        if (method == SynthesisMethod.MST) {
            return PrivacyFile.read(file);
        }
        if (method == SynthesisMethod.TREES) {
            return ConstraintFile.read(file, TreeFile.read(file, file.path("rows").asLong()));
        }
        if (method == SynthesisMethod.CTGAN) {
            return ConstraintFile.read(file, GanFile.read(file, file.path("rows").asLong()));
        }
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
        return ConstraintFile.read(file, model.withHistory(PaneFile.read(file.path("panes"), model)));
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
