package io.freshet.source.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.retail.Chain;
import io.freshet.retail.ChainSize;
import io.freshet.retail.Product;
import io.freshet.retail.RetailException;

class RetailChainsTest {

    record Settings(Optional<Path> parameters, Optional<Path> data) implements RetailConfig {
    }

    private static final ChainSize SMALL = new ChainSize(3, 100, 200, 1);

    @TempDir
    Path folder;

    private static String defaults() throws IOException {
        try (InputStream in = RetailChainsTest.class.getResourceAsStream("/retail/parameters.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void chainsAreSharedAndTheOldestIsEvicted() {
        RetailChains chains = new RetailChains(new Settings(Optional.empty(), Optional.empty()));
        Chain first = chains.of(Optional.of(SMALL), 0);

        assertThat(chains.of(Optional.of(SMALL), 0)).isSameAs(first);
        for (int seed = 1; seed <= 4; seed++) {
            assertThat(chains.of(Optional.of(SMALL), seed)).isNotSameAs(first);
        }
        assertThat(chains.of(Optional.of(SMALL), 0)).isNotSameAs(first);
    }

    @Test
    void parametersCanBeReplaced() throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, defaults().replace("currency: EUR", "currency: SEK")
                .replace("{ name: Labour Day, month: 5, day: 1, closed: true }",
                        "{ name: Labour Day, month: 5, day: 1, factor: 2 }"));
        RetailChains chains = new RetailChains(new Settings(Optional.of(file), Optional.empty()));

        assertThat(chains.of(Optional.of(SMALL), 0).parameters().currency()).isEqualTo("SEK");
        assertThat(chains.areOpen(LocalDate.of(2026, 5, 1))).isTrue();
        assertThat(new RetailChains(new Settings(Optional.empty(), Optional.empty())).areOpen(LocalDate.of(2026, 5, 1)))
                .isFalse();
    }

    @Test
    void errorsInParametersNameTheField() throws IOException {
        Path file = folder.resolve("wrong.yaml");
        Files.writeString(file, defaults().replace("dispersion: 1.6", "dispersion: plenty"));

        assertThatThrownBy(() -> new RetailChains(new Settings(Optional.of(file), Optional.empty())).of(Optional.empty(), 0))
                .isInstanceOf(RetailException.class).hasMessageContaining("visits.dispersion")
                .hasMessageContaining("0.05 to 100.0");
        assertThatThrownBy(
                () -> new RetailChains(new Settings(Optional.of(folder.resolve("none")), Optional.empty())).of(Optional.empty(),
                        0))
                .isInstanceOf(RetailException.class).hasMessageContaining("cannot be read");
    }

    @Test
    void aLoadedChainIsUsedUnlessASizeIsGiven() throws IOException {
        Files.writeString(folder.resolve("centres.csv"), "centre_id,name\n1,East\n");
        Files.writeString(folder.resolve("stores.csv"), "store_id,name,region,size,centre_id\n77,Mine,East,small,1\n");
        Files.writeString(folder.resolve("customers.csv"),
                "customer_id,home_store_id,segment,loyalty,app\n5,77,senior,gold,true\n");
        StringBuilder products = new StringBuilder("product_id,name,department,price\n");
        RetailChains generated = new RetailChains(new Settings(Optional.empty(), Optional.empty()));
        Chain other = generated.of(Optional.of(SMALL), 0);
        for (Product product : other.data().products()) {
            products.append(product.number()).append(",x,")
                    .append(other.parameters().departments().get(product.department()).name()).append(",1\n");
        }
        Files.writeString(folder.resolve("products.csv"), products);
        RetailChains chains = new RetailChains(new Settings(Optional.empty(), Optional.of(folder)));

        assertThat(chains.of(Optional.empty(), 3).data().stores()).extracting(store -> store.number()).containsExactly(77);
        assertThat(chains.of(Optional.of(SMALL), 3).data().stores()).hasSize(3);
        Files.delete(folder.resolve("stores.csv"));
        assertThatThrownBy(() -> new RetailChains(new Settings(Optional.empty(), Optional.of(folder))).of(Optional.empty(), 0))
                .isInstanceOf(RetailException.class).hasMessageContaining("stores.csv");
    }
}
