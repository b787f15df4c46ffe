package io.freshet.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.QuarkusBindException;

class MainTest {

    @Test
    void theReasonIsThatOfTheInnermostCauseOnOneLine() {
        Throwable failure = new RuntimeException("Failed to start quarkus",
                new IllegalStateException("two settings are wrong:\n  a\n  b\n", new Error()));

        assertThat(Main.reason(failure)).isEqualTo("two settings are wrong: a b");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        Throwable failure = new RuntimeException("Failed to start quarkus",
                new QuarkusBindException("127.0.0.1", 8765, new BindException("Address already in use")));

        assertThat(Main.reason(failure)).isEqualTo("the port 8765 of 127.0.0.1 is in use by another process");
    }

    @Test
    void aCauseWithoutAMessageIsNamed() {
        assertThat(Main.reason(new NullPointerException())).isEqualTo("java.lang.NullPointerException");
    }
}
