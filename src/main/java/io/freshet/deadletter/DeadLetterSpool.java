package io.freshet.deadletter;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.freshet.deadletter.channel.DeadLetterPage;
import io.freshet.sink.DeadLetter;

/**
 * Dead letters in a folder, oldest first and limited in bytes. Files are written atomically and survive the process. Letters
 * that are too large for the topic are on hold: they stay in the folder and do not delay other letters. Thread-safe; reading
 * does not block writing.
 */
final class DeadLetterSpool {

    private static final String ENDING = ".letters";

    private final Path folder;
    private final long maxBytes;
    /** The sizes of the files by the numbers in their names. */
    private final NavigableMap<Long, Long> files = new TreeMap<>();
    /** The number of letters in each file that is on hold. */
    private final Map<Long, Integer> onHold = new HashMap<>();
    private long bytes;

    private DeadLetterSpool(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** Opens a folder, and creates it if it does not exist. */
    static DeadLetterSpool open(Path folder, long maxBytes) throws IOException {
        Files.createDirectories(folder);
        DeadLetterSpool spool = new DeadLetterSpool(folder, maxBytes);
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(ENDING)) {
                    spool.note(Long.parseLong(name.substring(0, name.length() - ENDING.length())), Files.size(file));
                }
            }
        }
        return spool;
    }

    /** Returns whether no letters are waiting for the topic. Letters on hold do not count. */
    synchronized boolean isEmpty() {
        return files.size() == onHold.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Returns how many letters are on hold. */
    synchronized int onHold() {
        return onHold.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Writes letters that wait for the topic.
     *
     * @throws IOException if the folder is full or the disk fails; then none of them is stored
     */
    synchronized void add(List<DeadLetter> letters) throws IOException {
        write(nextNumber(), letters);
    }

    /**
     * Writes letters that the topic does not accept.
     *
     * @throws IOException if the folder is full or the disk fails; then none of them is stored
     */
    synchronized void addOnHold(List<DeadLetter> letters) throws IOException {
        long number = nextNumber();
        write(number, letters);
        onHold.put(number, letters.size());
    }

    private long nextNumber() {
        return files.isEmpty() ? 0 : files.lastKey() + 1;
    }

    /** Returns the oldest letters that were added together and are not on hold, or an empty list. */
    synchronized List<DeadLetter> oldest() throws IOException {
        return isEmpty() ? List.of() : read(firstWaiting());
    }

    /** Deletes the letters that {@link #oldest} returns. */
    synchronized void removeOldest() throws IOException {
        delete(firstWaiting());
    }

    /**
     * Replaces the letters that {@link #oldest} returns with letters on hold.
     *
     * @param letters some of these letters, at least one
     */
    synchronized void holdOldest(List<DeadLetter> letters) throws IOException {
        long number = firstWaiting();
        write(number, letters);
        onHold.put(number, letters.size());
    }

    private long firstWaiting() {
        return files.keySet().stream().filter(number -> !onHold.containsKey(number)).findFirst().orElseThrow();
    }

    /** Releases the letters on hold, so that they wait for the topic again. */
    synchronized void release() {
        onHold.clear();
    }

    /** Adds the stored letters, oldest first. */
    void find(DeadLetterPage found) throws IOException {
        List<Long> numbers;
        synchronized (this) {
            numbers = List.copyOf(files.keySet());
        }
        for (long number : numbers) {
            if (!found.isFull()) {
                readIfThere(number).forEach(found::add);
            }
        }
    }

    /** Reads a file that may have been moved to the topic or deleted since the files were listed. */
    private List<DeadLetter> readIfThere(long number) throws IOException {
        try {
            return read(number);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /**
     * Deletes the letters that match.
     *
     * @return the number of deleted letters
     */
    synchronized int remove(Predicate<DeadLetter> unwanted) throws IOException {
        int removed = 0;
        for (long number : List.copyOf(files.keySet())) {
            List<DeadLetter> letters = read(number);
            List<DeadLetter> kept = letters.stream().filter(unwanted.negate()).toList();
            removed += letters.size() - kept.size();
            if (kept.isEmpty()) {
                delete(number);
            } else if (kept.size() < letters.size()) {
                write(number, kept);
                onHold.computeIfPresent(number, (same, before) -> kept.size());
            }
        }
        return removed;
    }

    private void note(long number, long size) {
        Long before = files.put(number, size);
        bytes += size - (before == null ? 0 : before);
    }

    private void delete(long number) throws IOException {
        Files.deleteIfExists(file(number));
        onHold.remove(number);
        Long size = files.remove(number);
        bytes -= size == null ? 0 : size;
    }

    private Path file(long number) {
        return folder.resolve(String.format(Locale.ROOT, "%019d%s", number, ENDING));
    }

    private void write(long number, List<DeadLetter> letters) throws IOException {
        Path draft = Files.createTempFile(folder, "", ".draft");
        try {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
                DeadLetterFormat.write(letters, out);
            }
            long size = Files.size(draft);
            if (!files.containsKey(number) && bytes + size > maxBytes) {
                throw new IOException("the folder for dead letters is full: " + bytes + " of " + maxBytes + " bytes");
            }
            Files.move(draft, file(number), StandardCopyOption.REPLACE_EXISTING);
            note(number, size);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private List<DeadLetter> read(long number) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file(number))))) {
            return DeadLetterFormat.read(in);
        }
    }
}
