package io.freshet.stream.declared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles streams and models with the files of a folder, at start-up and whenever a file changes. Files take precedence over
 * changes that clients made under the same names. An invalid file is reported and retried; it does not block other files, and
 * what it declared before keeps running. A stream whose file was removed is deleted; a model stays, because other streams may
 * use it.
 */
@ApplicationScoped
public class Declarations {

    private static final Logger LOG = Logger.getLogger(Declarations.class);
    private static final List<String> STREAM_ENDINGS = List.of(".yaml", ".yml", ".json");
    /** What the name of a model's file has after that of the model: a model file, a declaration, or a schema. */
    private static final List<String> MODEL_ENDINGS = List.of(".model.json", ".model.yaml", ".model.yml", ".model.avsc",
            ".model.proto", ".model.schema.json");

    private final Optional<Path> folder;
    private final DeclaredModels models;
    private final DeclaredStreams streams;
    /** The last applied content of each file, so that unchanged files are skipped. */
    private final Map<String, byte[]> applied = new HashMap<>();
    private volatile Map<String, Declaration> declarations = Map.of();

    public Declarations(DeclarationConfig config, DeclaredModels models, DeclaredStreams streams) {
        this.folder = config.folder();
        this.models = models;
        this.streams = streams;
    }

    /** Returns the files of the folder, by name. */
    public List<Declaration> list() {
        return List.copyOf(declarations.values());
    }

    /** Reads the folder and applies what has changed. */
    public synchronized void reconcile() {
        if (folder.isEmpty()) {
            return;
        }
        Map<String, Declaration> seen = new TreeMap<>();
        try {
            List<Path> files = files(folder.get());
            streams.retain(names(files));
            // models first, because streams draw from them
            files.stream().filter(Declarations::isModel).forEach(file -> take(file, seen));
            files.stream().filter(file -> !isModel(file)).forEach(file -> take(file, seen));
            applied.keySet().retainAll(seen.keySet());
        } catch (IOException e) {
            seen.put(".", told(".", "folder", "cannot be read: " + e.getMessage()));
        }
        declarations = seen;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> isDeclaration(name(file)) && Files.isRegularFile(file)).sorted().toList();
        }
    }

    private static boolean isDeclaration(String name) {
        return !name.startsWith(".")
                && (STREAM_ENDINGS.stream().anyMatch(name::endsWith) || MODEL_ENDINGS.stream().anyMatch(name::endsWith));
    }

    private static Set<String> names(List<Path> files) {
        Set<String> names = new HashSet<>();
        files.forEach(file -> names.add(name(file)));
        return names;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static boolean isModel(Path file) {
        return MODEL_ENDINGS.stream().anyMatch(name(file)::endsWith);
    }

    private void take(Path file, Map<String, Declaration> seen) {
        String name = name(file);
        seen.put(name, told(name, isModel(file) ? "model" : "stream", apply(file, name)));
    }

    /** Returns what is wrong with the file, or null. */
    private @Nullable String apply(Path file, String name) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (Arrays.equals(bytes, applied.get(name))) {
                return null;
            }
            boolean settled = true;
            if (isModel(file)) {
                models.apply(name.substring(0, name.lastIndexOf(".model.")), name, bytes);
            } else {
                settled = streams.apply(name, bytes);
            }
            if (settled) {
                applied.put(name, bytes);
            }
            return null;
        } catch (IOException | RuntimeException e) {
            // any failure of one file must not affect the others
            return String.valueOf(e.getMessage());
        }
    }

    /** Logs a problem when it first occurs, and not on every pass. */
    private Declaration told(String file, String kind, @Nullable String reason) {
        String state = reason == null ? Declaration.APPLIED : Declaration.WRONG;
        Declaration before = declarations.get(file);
        if (before != null && before.state().equals(state) && String.valueOf(reason).equals(String.valueOf(before.reason()))) {
            return before;
        }
        if (reason != null) {
            LOG.errorf("Declaration rejected: file=%s reason=%s", file, reason);
        }
        return new Declaration(file, kind, state, reason, Instant.now());
    }
}
