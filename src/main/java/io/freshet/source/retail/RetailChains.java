package io.freshet.source.retail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.freshet.retail.Chain;
import io.freshet.retail.ChainSize;
import io.freshet.retail.MasterData;
import io.freshet.retail.MasterDataFiles;
import io.freshet.retail.ParameterFile;
import io.freshet.retail.Parameters;
import io.freshet.retail.RetailException;

/** Caches simulated chains by size and seed. The most recent ones are retained, because streams and requests share them. */
@ApplicationScoped
public class RetailChains {

    private static final int KEPT = 4;

    private record Wanted(Optional<ChainSize> size, long seed) {
    }

    private final RetailConfig config;
    private final Map<Wanted, Chain> chains = new LinkedHashMap<>();
    private @Nullable Parameters parameters;
    private @Nullable MasterData data;

    public RetailChains(RetailConfig config) {
        this.config = config;
    }

    /**
     * @param size the size of a chain to generate; empty for the loaded one, or a generated one of the default size if none is
     *        loaded
     * @throws RetailException if the configured files have mistakes
     */
    public synchronized Chain of(Optional<ChainSize> size, long seed) {
        Wanted wanted = new Wanted(size, seed);
        Chain known = chains.remove(wanted);
        if (known == null) {
            known = size.isEmpty() && config.data().isPresent() ? Chain.of(parameters(), data(), seed)
                    : Chain.generate(parameters(), size.orElse(ChainSize.DEFAULT), seed);
        }
        chains.put(wanted, known);
        if (chains.size() > KEPT) {
            chains.remove(chains.keySet().iterator().next());
        }
        return known;
    }

    /** Returns whether stores are open on a day. */
    public synchronized boolean areOpen(LocalDate day) {
        return parameters().isOpen(day);
    }

    private MasterData data() {
        MasterData known = data;
        if (known == null) {
            known = MasterDataFiles.read(config.data().orElseThrow(), parameters());
            data = known;
        }
        return known;
    }

    private Parameters parameters() {
        Parameters known = parameters;
        if (known == null) {
            known = config.parameters().map(RetailChains::read).orElseGet(ParameterFile::defaults);
            parameters = known;
        }
        return known;
    }

    private static Parameters read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ParameterFile.read(in);
        } catch (IOException e) {
            throw new RetailException("the retail parameters cannot be read: " + e);
        }
    }
}
