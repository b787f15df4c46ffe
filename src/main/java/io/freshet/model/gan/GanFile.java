package io.freshet.model.gan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.GanOptions;
import io.freshet.model.ModelFileException;
import io.freshet.model.gan.GaussianModes.Mode;
import io.freshet.model.gan.GeneratorWeights.Block;
import io.freshet.model.gan.GeneratorWeights.Linear;
import io.freshet.model.marginal.ColumnFile;
import io.freshet.model.tree.CodesFile;

/**
 * Reads and writes the parts of a model file that only {@link GanModel}s have: the modes of the columns, and the weights as
 * floats in Base64, the least significant byte first.
 */
public final class GanFile {

    private static final int NUMBERS_PER_MODE = 3;

    private GanFile() {
    }

    /** @param learning whether to write what only further training needs: the critic */
    public static void write(GanModel model, boolean learning, ObjectNode file) {
        ArrayNode columns = file.putArray("columns");
        model.columns().forEach(column -> write(column, columns.addObject()));
        write(model.options(), file.putObject("options"));
        TrainingReport report = model.report();
        file.putObject("training").put("epochs", report.epochs()).put("planned_epochs", report.plannedEpochs())
                .put("steps", report.steps()).put("generator_loss", report.generatorLoss())
                .put("critic_loss", report.criticLoss());
        ArrayNode generator = file.putArray("generator");
        for (Block block : model.weights().blocks()) {
            ObjectNode layer = generator.addObject();
            write(block.linear(), layer);
            layer.put("norm", text(block.norm().toArray(float[][]::new)));
        }
        write(model.weights().last(), generator.addObject());
        if (learning && !model.critic().isEmpty()) {
            ArrayNode critic = file.putArray("critic");
            model.critic().forEach(layer -> write(layer, critic.addObject()));
        }
    }

    private static void write(ColumnModes column, ObjectNode file) {
        CodesFile.write(column.codes(), file);
        ArrayNode counts = file.putArray("counts");
        column.counts().forEach(counts::add);
        if (column.isContinuous()) {
            ArrayNode modes = file.putArray("modes");
            column.modes().forEach(mode -> modes.addArray().add(mode.mean()).add(mode.deviation()).add(mode.weight()));
        }
    }

    private static void write(GanOptions options, ObjectNode file) {
        file.put("epochs", options.epochs()).put("batch_size", options.batchSize()).put("pac", options.pac())
                .put("embedding_dim", options.embeddingDim());
        options.generatorDim().forEach(file.putArray("generator_dim")::add);
        options.discriminatorDim().forEach(file.putArray("discriminator_dim")::add);
        file.put("generator_lr", options.generatorRate()).put("discriminator_lr", options.discriminatorRate())
                .put("generator_decay", options.generatorDecay()).put("discriminator_decay", options.discriminatorDecay())
                .put("discriminator_steps", options.discriminatorSteps()).put("seed", options.seed());
        options.maxTime().ifPresent(max -> file.put("max_seconds", max.toMillis() / 1e3));
    }

    private static void write(Linear layer, ObjectNode file) {
        file.put("inputs", layer.weights().length).put("outputs", layer.bias().length)
                .put("weights", text(layer.weights())).put("bias", text(new float[][] { layer.bias() }));
    }

    private static String text(float[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        byte[] bytes = new byte[Float.BYTES * rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(FloatBytes.bytes(rows[i]), 0, bytes, Float.BYTES * width * i, Float.BYTES * width);
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Reads a model.
     *
     * @throws ModelFileException if the parts are inconsistent
     */
    public static GanModel read(JsonNode file, long fittedRows) {
        List<ColumnModes> columns = new ArrayList<>();
        file.path("columns").forEach(column -> columns.add(column(column)));
        if (columns.isEmpty()) {
            throw new ModelFileException("it has no columns");
        }
        GanOptions options = options(file.path("options"));
        NetworkLayout layout = NetworkLayout.of(columns);
        int width = options.embeddingDim() + layout.conditionWidth();
        JsonNode layers = file.path("generator");
        if (layers.size() != options.generatorDim().size() + 1) {
            throw new ModelFileException("its generator has " + layers.size() + " layers");
        }
        List<Block> blocks = new ArrayList<>();
        for (int l = 0; l < options.generatorDim().size(); l++) {
            int size = options.generatorDim().get(l);
            float[][] norm = matrix(layers.get(l).path("norm"), 4, size);
            blocks.add(new Block(linear(layers.get(l), width, size), norm[0], norm[1], norm[2], norm[3]));
            width += size;
        }
        Linear last = linear(layers.get(blocks.size()), width, layout.width());
        JsonNode training = file.path("training");
        return new GanModel(columns, new GeneratorWeights(blocks, last), critic(file.path("critic"), options, layout), options,
                new TrainingReport(training.path("epochs").asInt(), training.path("planned_epochs").asInt(),
                        training.path("steps").asInt(), training.path("generator_loss").asDouble(),
                        training.path("critic_loss").asDouble()),
                fittedRows);
    }

    private static List<Linear> critic(JsonNode file, GanOptions options, NetworkLayout layout) {
        List<Linear> critic = new ArrayList<>();
        int width = options.pac() * (layout.width() + layout.conditionWidth());
        for (int l = 0; l < file.size(); l++) {
            int size = l < options.discriminatorDim().size() ? options.discriminatorDim().get(l) : 1;
            critic.add(linear(file.get(l), width, size));
            width = size;
        }
        return critic;
    }

    private static ColumnModes column(JsonNode file) {
        List<Mode> modes = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        file.path("counts").forEach(count -> counts.add(count.asLong()));
        boolean continuous = file.has("modes");
        for (JsonNode node : file.path("modes")) {
            double[] numbers = ColumnFile.numbers(node);
            if (numbers.length != NUMBERS_PER_MODE || !(numbers[1] >= 0)) {
                throw new ModelFileException(file.path("name").asText() + " has a mode of " + Arrays.toString(numbers));
            }
            modes.add(new Mode(numbers[0], numbers[1], numbers[2]));
        }
        var codes = CodesFile.read(file);
        for (int code = 0; code < codes.missing() && !continuous; code++) {
            modes.add(new Mode(code, 0, 0));
        }
        return new ColumnModes(codes, continuous, modes, counts);
    }

    private static GanOptions options(JsonNode file) {
        return new GanOptions(file.path("epochs").asInt(), file.path("batch_size").asInt(), file.path("pac").asInt(),
                file.path("embedding_dim").asInt(), integers(file.path("generator_dim")),
                integers(file.path("discriminator_dim")), file.path("generator_lr").asDouble(),
                file.path("discriminator_lr").asDouble(), file.path("generator_decay").asDouble(),
                file.path("discriminator_decay").asDouble(), file.path("discriminator_steps").asInt(),
                file.path("seed").asLong(), file.has("max_seconds")
                        ? Optional.of(Duration.ofMillis(Math.round(file.path("max_seconds").asDouble() * 1e3)))
                        : Optional.empty());
    }

    private static List<Integer> integers(JsonNode file) {
        return Arrays.stream(ColumnFile.integers(file)).boxed().toList();
    }

    private static Linear linear(JsonNode file, int inputs, int outputs) {
        return new Linear(matrix(file.path("weights"), inputs, outputs), matrix(file.path("bias"), 1, outputs)[0]);
    }

    private static float[][] matrix(JsonNode file, int rows, int columns) {
        byte[] bytes = Base64.getDecoder().decode(file.asText());
        if (bytes.length != (long) Float.BYTES * rows * columns) {
            throw new ModelFileException("a matrix has " + bytes.length + " bytes, not " + rows + " × " + columns + " floats");
        }
        float[][] matrix = Matrices.create(rows, columns);
        for (int i = 0; i < rows; i++) {
            FloatBytes.read(bytes, Float.BYTES * columns * i, matrix[i]);
        }
        return matrix;
    }
}
