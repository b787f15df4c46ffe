package io.freshet.sink;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Dead letters in a folder, in files that are written whole or not at all, oldest first; bounded in bytes. Outlives the
 * process. Confined to one thread.
 */
final class DeadLetterSpill {

    private static final String ENDING = ".letters";

    private final Path folder;
    private final long mostBytes;
    /** The files and their sizes, by the numbers they are named after. */
    private final NavigableMap<Long, Long> files = new TreeMap<>();
    private long bytes;

    private DeadLetterSpill(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /** What is in a folder, which is made if it is not there. */
    static DeadLetterSpill open(Path folder, long mostBytes) throws IOException {
        Files.createDirectories(folder);
        DeadLetterSpill spill = new DeadLetterSpill(folder, mostBytes);
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(ENDING)) {
                    spill.note(Long.parseLong(name.substring(0, name.length() - ENDING.length())), Files.size(file));
                }
            }
        }
        return spill;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    /**
     * Keeps letters.
     *
     * @throws IOException if there is no room, or the disk fails; then none of them is kept
     */
    void add(List<DeadLetter> letters) throws IOException {
        write(files.isEmpty() ? 0 : files.lastKey() + 1, letters);
    }

    /** The oldest letters that were added at once, and their number; empty if there are none. */
    List<DeadLetter> oldest() throws IOException {
        return files.isEmpty() ? List.of() : read(files.firstKey());
    }

    /** Forgets the oldest letters that were added at once. */
    void removeOldest() throws IOException {
        delete(files.firstKey());
    }

    /** Adds the letters, oldest first. */
    void find(FoundLetters found) throws IOException {
        for (long number : files.keySet()) {
            if (!found.isFull()) {
                read(number).forEach(found::add);
            }
        }
    }

    /** Forgets the letters that match; how many those were. */
    int remove(Predicate<DeadLetter> unwanted) throws IOException {
        int removed = 0;
        for (long number : List.copyOf(files.keySet())) {
            List<DeadLetter> letters = read(number);
            List<DeadLetter> kept = letters.stream().filter(unwanted.negate()).toList();
            removed += letters.size() - kept.size();
            if (kept.isEmpty()) {
                delete(number);
            } else if (kept.size() < letters.size()) {
                write(number, kept);
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
        Long size = files.remove(number);
        bytes -= size == null ? 0 : size;
    }

    private Path file(long number) {
        return folder.resolve("%019d%s".formatted(number, ENDING));
    }

    private void write(long number, List<DeadLetter> letters) throws IOException {
        Path draft = Files.createTempFile(folder, "", ".draft");
        try {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
                for (DeadLetter letter : letters) {
                    write(letter, out);
                }
            }
            long size = Files.size(draft);
            if (!files.containsKey(number) && bytes + size > mostBytes) {
                throw new IOException("the folder for dead letters is full: " + bytes + " of " + mostBytes + " bytes");
            }
            Files.move(draft, file(number), StandardCopyOption.REPLACE_EXISTING);
            note(number, size);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private List<DeadLetter> read(long number) throws IOException {
        List<DeadLetter> letters = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file(number))))) {
            for (DeadLetter letter = readLetter(in); letter != null; letter = readLetter(in)) {
                letters.add(letter);
            }
        }
        return letters;
    }

    private static void write(DeadLetter letter, DataOutputStream out) throws IOException {
        DeadLetter.Address address = letter.address();
        out.writeUTF(address.stream());
        out.writeLong(address.position());
        out.writeUTF(address.sink());
        out.writeUTF(address.target());
        out.writeUTF(letter.cause().reason());
        out.writeInt(letter.cause().attempts());
        out.writeLong(letter.cause().time().toEpochMilli());
        write(letter.key(), out);
        write(letter.value(), out);
    }

    private static void write(byte @Nullable [] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static @Nullable DeadLetter readLetter(DataInputStream in) throws IOException {
        String stream;
        try {
            stream = in.readUTF();
        } catch (EOFException e) {
            return null;
        }
        DeadLetter.Address address = new DeadLetter.Address(stream, in.readLong(), in.readUTF(), in.readUTF());
        DeadLetter.Cause cause = new DeadLetter.Cause(in.readUTF(), in.readInt(), Instant.ofEpochMilli(in.readLong()));
        byte[] key = readBytes(in);
        byte[] value = readBytes(in);
        return new DeadLetter(address, cause, key, value == null ? new byte[0] : value);
    }

    private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }
}
