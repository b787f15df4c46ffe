package io.freshet.model.gan;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

import io.freshet.model.GanOptions;

/**
 * Writes and reads the state of a training. A checkpoint of another table or of other options is ignored, so that training
 * begins from the start.
 */
final class TrainingCheckpoint {

    private static final int VERSION = 1;

    private TrainingCheckpoint() {
    }

    static void write(OutputStream to, Training training, GanOptions options, int epoch) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(VERSION);
        out.writeLong(fingerprint(training, options));
        out.writeInt(epoch);
        out.writeInt(training.steps());
        out.writeLong(training.batches());
        for (Parameter parameter : training.parameters()) {
            for (float[][] part : parts(parameter)) {
                for (float[] row : part) {
                    FloatBytes.write(row, out);
                }
            }
        }
        out.flush();
    }

    /** @return the number of complete epochs; 0 if the checkpoint belongs to another training */
    static int restore(byte[] bytes, Training training, GanOptions options) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != VERSION || in.readLong() != fingerprint(training, options)
                    || bytes.length != length(training)) {
                return 0;
            }
            int epoch = in.readInt();
            training.resumeAfter(in.readInt(), in.readLong());
            for (Parameter parameter : training.parameters()) {
                for (float[][] part : parts(parameter)) {
                    for (float[] row : part) {
                        FloatBytes.read(in, row);
                    }
                }
            }
            return epoch;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long length(Training training) {
        long floats = 0;
        for (Parameter parameter : training.parameters()) {
            floats += 3L * parameter.rows() * parameter.value()[0].length;
        }
        return Float.BYTES * floats + 2L * Long.BYTES + 3L * Integer.BYTES;
    }

    private static List<float[][]> parts(Parameter parameter) {
        return List.of(parameter.value(), parameter.first(), parameter.second());
    }

    /** Returns a number that differs for other tables and options, apart from the number of epochs and the time. */
    private static long fingerprint(Training training, GanOptions options) {
        return 31 * options.withEpochs(1).withoutMaxTime().hashCode() + training.fingerprint();
    }
}
