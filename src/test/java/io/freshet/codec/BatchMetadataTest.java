package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import io.freshet.retail.RetailEvent;

class BatchMetadataTest {

    @Test
    void idsHaveTheSameDigitsInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat("%d".formatted(7)).isNotEqualTo("7");
            assertThat(new BatchMetadata(Instant.EPOCH, 7).batchId()).isEqualTo("batch-000007");
            assertThat(new RetailEvent.Trace(1_773_835_568L, 42)).hasToString("TR_1773835568_00042");
        } finally {
            Locale.setDefault(before);
        }
    }
}
