package io.freshet.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

/**
 * Persists fits that run in the background, with their tables and checkpoints, until they end, so that they continue after a
 * restart. If no store is configured, nothing is persisted.
 */
@ApplicationScoped
public class FitStates {

    private static final int VERSION = 1;

    private final @Nullable BlobStore requests;
    private final @Nullable BlobStore checkpoints;
    private final @Nullable FitLeases leases;
    private final boolean shared;
    /** The epochs under which this process writes the checkpoints of its fits. */
    private final Map<String, Long> epochs = new ConcurrentHashMap<>();

    @Inject
    public FitStates(BlobStores blobStores) {
        this(blobStores, System::nanoTime);
    }

    /** @param nanos a clock that only grows, by which other instances count as silent */
    public FitStates(BlobStores blobStores, LongSupplier nanos) {
        requests = blobStores.of("fits", ".fit");
        checkpoints = blobStores.of("fit-checkpoints", ".state");
        BlobStore store = blobStores.of("fit-leases", ".lease");
        leases = store == null ? null : new FitLeases(store, nanos);
        shared = blobStores.areShared();
    }

    /** A fit as it was asked for. */
    public static final class Request {

        private final String contentType;
        private final Map<String, List<String>> query;
        private final byte[] table;

        /** @param table the body of the request, compressed with gzip */
        public Request(String contentType, Map<String, List<String>> query, byte[] table) {
            this.contentType = contentType;
            this.query = Map.copyOf(query);
            this.table = table.clone();
        }

        public String contentType() {
            return contentType;
        }

        public Map<String, List<String>> query() {
            return query;
        }

        /** Returns the compressed body of the request. */
        public InputStream table() {
            return new ByteArrayInputStream(table);
        }
    }

    public boolean isPersistent() {
        return requests != null;
    }

    /** Returns whether the store is one that other instances may use. */
    public boolean areShared() {
        return shared;
    }

    /** Persists a fit that begins, in place of an earlier one of the same model. */
    public void begin(String model, Request request) {
        if (requests != null && checkpoints != null) {
            checkpoints.write(model, out -> {
            });
            claim(model);
            // last, because an instance that finds a fit without a lease takes it over
            requests.write(model, out -> write(request, new DataOutputStream(out)));
        }
    }

    /** Takes a fit over, so that no other process saves its checkpoints. */
    public void claim(String model) {
        if (checkpoints != null && leases != null) {
            OptionalLong epoch = checkpoints.claim(model);
            if (epoch.isPresent()) {
                leases.take(model, epoch.getAsLong());
                epochs.put(model, epoch.getAsLong());
            }
        }
    }

    /** Returns whether this process has begun or claimed a fit that has not ended. */
    public boolean isOwned(String model) {
        return epochs.containsKey(model);
    }

    /**
     * Renews the lease of a fit that this process owns. A fit that is not persisted always belongs to it.
     *
     * @return false if another process has claimed the fit
     */
    public boolean renew(String model) {
        Long epoch = epochs.get(model);
        return leases == null || epoch != null && leases.renew(model, epoch);
    }

    /** Returns whether a fit is to be taken over: its owner has given it up, or has not renewed its lease for this long. */
    public boolean isFree(String model, Duration silence) {
        return leases != null && leases.isFree(model, silence.toNanos());
    }

    /** Leaves the fits of this process to others. They stay in the store. */
    public void release() {
        epochs.keySet().forEach(model -> {
            if (leases != null && renew(model)) {
                leases.release(model);
            }
        });
    }

    /**
     * Saves the checkpoint of a fit that this process has begun or claimed.
     *
     * @return false if another process has claimed the fit, or it has been deleted
     */
    public boolean save(String model, byte[] checkpoint) {
        Long epoch = epochs.get(model);
        return checkpoints == null || epoch == null || checkpoints.write(model, epoch, out -> out.write(checkpoint));
    }

    /** Returns the models whose fits have not ended. */
    public List<String> models() {
        return requests == null ? List.of() : requests.names();
    }

    /** @throws CorruptEntryException if the fit cannot be read */
    public Optional<Request> find(String model) {
        return requests == null ? Optional.empty() : requests.read(model).map(FitStates::read);
    }

    /** Returns the latest checkpoint of a fit; null if it has none yet. */
    public byte @Nullable [] checkpoint(String model) {
        Optional<BlobStore.Entry> entry = checkpoints == null ? Optional.empty() : checkpoints.read(model);
        if (entry.isEmpty()) {
            return null;
        }
        try (InputStream in = entry.get().contents()) {
            byte[] bytes = in.readAllBytes();
            return bytes.length == 0 ? null : bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Deletes what is persisted of a fit that has ended.
     *
     * @return false, without any change, if another process has claimed the fit
     */
    public boolean end(String model) {
        Long epoch = epochs.remove(model);
        if (requests == null || checkpoints == null || leases == null) {
            return true;
        }
        boolean owned = epoch == null || checkpoints.write(model, epoch, out -> {
        });
        if (owned) {
            requests.delete(model);
            checkpoints.delete(model);
            leases.release(model);
        }
        return owned;
    }

    private static void write(Request request, DataOutputStream out) throws IOException {
        out.writeInt(VERSION);
        writeText(request.contentType, out);
        out.writeInt(request.query.size());
        for (Map.Entry<String, List<String>> entry : request.query.entrySet()) {
            writeText(entry.getKey(), out);
            out.writeInt(entry.getValue().size());
            for (String value : entry.getValue()) {
                writeText(value, out);
            }
        }
        out.write(request.table);
        out.flush();
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static Request read(BlobStore.Entry entry) {
        try (DataInputStream in = new DataInputStream(entry.contents())) {
            if (in.readInt() != VERSION) {
                throw new IOException("its version is unknown");
            }
            String contentType = readText(in);
            Map<String, List<String>> query = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = readText(in);
                List<String> values = new ArrayList<>();
                for (int more = in.readInt(); more > 0; more--) {
                    values.add(readText(in));
                }
                query.put(name, values);
            }
            ByteArrayOutputStream table = new ByteArrayOutputStream();
            in.transferTo(table);
            return new Request(contentType, query, table.toByteArray());
        } catch (IOException | RuntimeException e) {
            throw new CorruptEntryException("the fit cannot be read: " + e.getMessage(), e);
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("a text is cut off");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
