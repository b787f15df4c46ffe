package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadSettingsTest {

    @Test
    void settingsDeclareHowATableIsWritten() {
        ReadOptions options = ReadSettings.apply(
                Map.of("separator", "tab", "header", "false", "skip", "2", "escape", "\\", "charset", "latin1"),
                ReadOptions.defaults());

        assertThat(options.csv()).isEqualTo(new CsvOptions('\t', false, null, null, 2, '\\'));
        assertThat(options.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "separator | ab | separator must be one character",
            "header | yes | header must be true or false", "skip | few | skip must be a number of lines",
            "skip | -1 | cannot be negative", "decimal | x | must be a point or a comma", "charset | none | is not supported",
            "seperator | x | unknown setting seperator; expected one of separator, header" })
    void anInvalidSettingIsNamed(String setting, String value, String reason) {
        ReadSettings.InvalidException refused = catchThrowableOfType(ReadSettings.InvalidException.class,
                () -> ReadSettings.apply(Map.of(setting, value), ReadOptions.defaults()));

        assertThat(refused.setting()).isEqualTo(setting);
        assertThat(refused).hasMessageContaining(reason);
    }
}
