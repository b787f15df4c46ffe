package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitLeasesTest {

    private static final long SILENCE = 10;

    @TempDir
    Path folder;

    private final AtomicLong clock = new AtomicLong();

    private FitLeases instance() {
        return new FitLeases(FileBlobStore.of(folder, ".lease"), clock::get);
    }

    @Test
    void aLeaseIsFreeOnceItWasNotRenewedForAWhile() {
        FitLeases owner = instance();
        FitLeases other = instance();
        owner.take("m", 5);
        for (int i = 0; i < 5; i++) {
            assertThat(other.isFree("m", SILENCE)).isFalse();
            clock.addAndGet(SILENCE - 1);
            assertThat(other.isFree("m", SILENCE)).isFalse();
            assertThat(owner.renew("m", 5)).isTrue();
        }
        assertThat(other.isFree("m", SILENCE)).isFalse();
        clock.addAndGet(SILENCE);
        assertThat(other.isFree("m", SILENCE)).isTrue();
    }

    @Test
    void aLeaseThatWasGivenUpIsFreeAtOnceAndCannotBeRenewed() {
        FitLeases owner = instance();
        owner.take("m", 5);
        owner.release("m");
        assertThat(instance().isFree("m", SILENCE)).isTrue();
        assertThat(owner.renew("m", 5)).isFalse();
    }

    @Test
    void theGreaterEpochOwnsALease() {
        FitLeases owner = instance();
        FitLeases other = instance();
        owner.take("m", 5);
        other.take("m", 6);
        assertThat(owner.renew("m", 5)).isFalse();
        owner.take("m", 5);
        assertThat(other.renew("m", 6)).isTrue();
        assertThat(owner.renew("m", 5)).isFalse();
    }
}
