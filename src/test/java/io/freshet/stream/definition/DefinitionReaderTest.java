package io.freshet.stream.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class DefinitionReaderTest {

    @Test
    void rejectsADuplicateKeyWithItsLine() {
        assertThatThrownBy(() -> DefinitionReader.yaml("name: a\npace: { maxRecords: 1 }\npace: { maxRecords: 2 }\n"))
                .isInstanceOf(IOException.class).hasMessageContaining("line 3").hasMessageContaining("pace");
        assertThatThrownBy(() -> DefinitionReader.json("{\"a\": 1, \"a\": 2}")).isInstanceOf(IOException.class)
                .hasMessageContaining("'a'");
    }

    @Test
    void readsEveryDocument() throws IOException {
        assertThat(DefinitionReader.yaml("---\nname: a\n---\nname: b\n---\n")).extracting(each -> each.path("name").asText())
                .containsExactly("a", "b");
    }

    @Test
    void readsYesNoOnAndOffAsStrings() throws IOException {
        assertThat(DefinitionReader.yaml("in: [ NO, DE, yes, off, true ]").get(0).path("in").toString())
                .isEqualTo("[\"NO\",\"DE\",\"yes\",\"off\",true]");
    }

    @Test
    void rejectsAnOctalNumberWithItsLine() throws IOException {
        assertThatThrownBy(() -> DefinitionReader.yaml("a: 1\nb: 010\n")).isInstanceOf(IOException.class)
                .hasMessageContaining("line 2").hasMessageContaining("010 is an octal number");
        assertThat(DefinitionReader.yaml("a: [ '010', 0, 0.5, 10 ]").get(0).toString())
                .isEqualTo("{\"a\":[\"010\",0,0.5,10]}");
    }

    @Test
    void reportsIndentationWithATab() {
        assertThatThrownBy(() -> DefinitionReader.yaml("a:\n\tb: 1\n")).isInstanceOf(IOException.class)
                .hasMessageContaining("line 2").hasMessageContaining("tab");
    }

    @Test
    void rejectsAControlCharacterWithItsPosition() {
        assertThatThrownBy(() -> DefinitionReader.yaml("name: \u001c")).isInstanceOf(IOException.class)
                .hasMessage("character 7 is U+001C, a control character that YAML does not allow");
    }

    @Test
    void stopsReadingADocumentThatIsNestedTooDeeply() {
        assertThatThrownBy(() -> DefinitionReader.yaml("name: a\nstages:\n  " + "[".repeat(400_000)))
                .isInstanceOf(IOException.class)
                .hasMessage("line 3: lists and objects are nested more than 100 deep");
    }

    @Test
    void errorsDoNotNameClassesOfTheParser() {
        assertThatThrownBy(() -> DefinitionReader.json("{")).isInstanceOf(IOException.class)
                .hasMessage("line 1: unexpected end");
        assertThatThrownBy(() -> DefinitionReader.json("{\"a\": NaN}")).isInstanceOf(IOException.class)
                .hasMessageNotContaining("JsonReadFeature");
        assertThatThrownBy(() -> DefinitionReader.json("{} {}")).isInstanceOf(IOException.class)
                .hasMessageNotContaining("fasterxml").hasMessageNotContaining("DeserializationFeature");
    }

    @Test
    void rejectsContentAfterAJsonDefinition() {
        assertThatThrownBy(() -> DefinitionReader.json("{} {}")).isInstanceOf(IOException.class);
    }
}
