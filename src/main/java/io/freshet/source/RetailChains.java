package io.freshet.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.freshet.retail.Chain;
import io.freshet.retail.ChainSize;
import io.freshet.retail.ParameterFile;
import io.freshet.retail.Parameters;
import io.freshet.retail.RetailException;

/** Simulated chains by size and seed; the last few are kept, because they are shared by streams and requests. */
@ApplicationScoped
public class RetailChains {

    private static final int KEPT = 4;

    private record Wanted(ChainSize size, long seed) {
    }

    private final RetailConfig config;
    private final Map<Wanted, Chain> chains = new LinkedHashMap<>();
    private @Nullable Parameters parameters;

    public RetailChains(RetailConfig config) {
        this.config = config;
    }

    /**
     * @throws RetailException if the files that are configured have mistakes
     */
    public synchronized Chain of(ChainSize size, long seed) {
        Wanted wanted = new Wanted(size, seed);
        Chain known = chains.remove(wanted);
        if (known == null) {
            known = Chain.generate(parameters(), size, seed);
        }
        chains.put(wanted, known);
        if (chains.size() > KEPT) {
            chains.remove(chains.keySet().iterator().next());
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

    private static Parameters read(java.nio.file.Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ParameterFile.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the retail parameters cannot be read", e);
        }
    }
}
