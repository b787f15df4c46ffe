package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

    private static final Path SAMPLE = Path.of("src/main/resources/samples/birdstrikes.csv");

    @TempDir
    Path folder;

    private final List<RunRequest> runs = new ArrayList<>();
    private String table = "";
    private String out = "";
    private String err = "";

    @BeforeEach
    void copyTheFirstRows() throws IOException {
        Path copy = folder.resolve("birds.csv");
        Files.write(copy, Files.readAllLines(SAMPLE).subList(0, 300));
        table = copy.toString();
    }

    @Test
    void fitsAndSamples() throws IOException {
        assertThat(run("fit", table, "-m", "gaussian_copula")).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("birds.model.json")).exists();

        assertThat(run("sample", folder.resolve("birds.model.json").toString(), "-n", "5")).isEqualTo(ExitCode.DONE);
        assertThat(out.lines()).hasSize(5).allMatch(line -> line.startsWith("{"));
    }

    @Test
    void declaresAModelFromASchemaAndNamesWhatHasNoEffect() throws IOException {
        Path schema = Files.writeString(folder.resolve("a.avsc"),
                "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"x\","
                        + "\"type\":{\"type\":\"int\",\"arg.properties\":{\"range\":{\"min\":3,\"max\":4},\"skew\":1}}}]}");

        assertThat(run("declare", schema.toString())).isEqualTo(ExitCode.DONE);
        assertThat(err).contains("note: x: arg.properties.skew is not understood");
        run("sample", folder.resolve("a.model.json").toString(), "-n", "1");
        assertThat(out.strip()).isEqualTo("{\"x\":3}");
        run("inspect", folder.resolve("a.model.json").toString());
        assertThat(out).contains("declared");
        run("declare", schema.toString(), "--yaml");
        assertThat(out).contains("uniform:");
        assertThat(run("declare", table)).isEqualTo(ExitCode.USAGE);
        assertThat(run("declare", "-", "--input-format", "proto")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aSeedRepeatsEveryCommand() {
        run("like", table, "-n", "20", "--seed", "5");
        String first = out;
        run("like", table, "-n", "20", "--seed", "5");

        assertThat(out).isEqualTo(first);
        run("like", table, "-n", "20", "--seed", "6");
        assertThat(out).isNotEqualTo(first);
    }

    @Test
    void readsTheStandardInput() throws IOException {
        run("like", table, "-n", "3");
        String first = out;

        assertThat(run(Files.newInputStream(Path.of(table)), "like", "-", "-n", "3")).isEqualTo(ExitCode.DONE);
        assertThat(out).isEqualTo(first);
    }

    @Test
    void theEndingOfAFileChoosesFormatAndCompression() {
        for (String name : List.of("a.csv", "a.json", "a.ndjson", "a.parquet", "a.csv.gz", "a.ndjson.zst")) {
            String file = folder.resolve(name).toString();
            assertThat(run("like", table, "-n", "50", "-o", file)).isEqualTo(ExitCode.DONE);
            assertThat(out).isEmpty();
            assertThat(run("inspect", file)).as(name + err).isEqualTo(ExitCode.DONE);
            assertThat(out).startsWith("50 rows, ");
        }
        assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void inspectRecognisesAModelByItsContentsAndListsItsRelations() {
        String model = folder.resolve("birds.json").toString();
        run("fit", table, "-m", "gaussian_copula", "-o", model);

        assertThat(run("inspect", model)).as(err).isEqualTo(ExitCode.DONE);
        assertThat(out).contains("gaussian_copula", "relation: ");
    }

    @Test
    void scoresAndComplainsAboutLowScores() {
        run("fit", table, "-m", "gaussian_copula");
        String model = folder.resolve("birds.model.json").toString();

        assertThat(run("evaluate", model, table, "--rows", "300")).isEqualTo(ExitCode.DONE);
        assertThat(out).contains("overall quality");
        assertThat(run("evaluate", model, table, "--rows", "300", "--at-least", "0.9999")).isEqualTo(ExitCode.BELOW);
    }

    @Test
    void anEvaluationBeginsWithTheVerdictAndMeasuresUsefulness() {
        run("fit", table, "-m", "trees", "--target", "Effect Amount of damage");
        String model = folder.resolve("birds.model.json").toString();

        assertThat(run("evaluate", model, table, "--target", "Effect Amount of damage")).isEqualTo(ExitCode.DONE);
        assertThat(out).startsWith("A classifier ").contains("\ndetection (AUC, 0.5 is best)",
                "\nusefulness for Effect Amount of damage");
        assertThat(run("evaluate", model, table, "--target", "damage")).isEqualTo(ExitCode.INVALID);
        assertThat(err).startsWith("freshet: target must be one of the columns ").contains("Effect Amount of damage");
    }

    @Test
    void relationsCanBeDeclaredAndLeftOut() throws IOException {
        StringBuilder lines = new StringBuilder("net,tax,gross\n");
        for (int i = 0; i < 200; i++) {
            int net = 100 * (i * 37 % 991 + 1);
            lines.append(net).append(',').append(net / 5).append(',').append(net + net / 5).append('\n');
        }
        String sums = Files.writeString(folder.resolve("sums.csv"), lines).toString();

        run("fit", sums);
        assertThat(err).contains("--without-relation … leaves one out, and --relations none all of them");
        run("inspect", sums);
        String relation = out.lines().filter(line -> line.contains("tax") && line.contains(" = ")).findFirst().orElseThrow()
                .strip().substring("relation: ".length());
        run("inspect", sums, "--without-relation", relation);
        assertThat(out).doesNotContain(relation);
        run("inspect", sums, "--relations", "none");
        assertThat(out).doesNotContain(" = ");
        run("inspect", sums, "--relations", "none", "--relation", "net + tax = gross");
        assertThat(out).contains("net + tax = gross");
        assertThat(run("fit", sums, "--relations", "some")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("--relations cannot be some; use auto or none");
    }

    @Test
    void errorsAreOneLineThatSaysWhatToDo() throws IOException {
        assertThat(run("fit", folder.resolve("none.csv").toString())).isEqualTo(ExitCode.FILES);
        assertThat(err.lines()).hasSize(1).allMatch(line -> line.startsWith("freshet: there is no file "));

        assertThat(run("lik", table)).isEqualTo(ExitCode.USAGE);
        assertThat(err.lines()).hasSize(1).allMatch(line -> line.contains("did you mean like?"));

        Path other = Files.writeString(folder.resolve("t.txt"), "a\n1\n");
        assertThat(run("fit", other.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("--input-format");

        Path broken = Files.writeString(folder.resolve("t.parquet"), "a\n1\n2,3 and more bytes\n");
        assertThat(run("fit", broken.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(err).contains("not a Parquet file");
    }

    @Test
    void checksDefinitions() throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"),
                "name: s\nsource: { pattern: {} }\nsinks: [ { websocket: {} } ]\n");
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "name: s\nsource: { pattern: {} }\nsinks: []\n");

        assertThat(run("validate", good.toString())).isEqualTo(ExitCode.DONE);
        assertThat(run("validate", good.toString(), bad.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(err).contains("sinks must be a list of at least one sink");
    }

    @Test
    void runsOnlyValidDefinitions() throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"),
                "name: s\nsource: { pattern: {} }\nsinks: [ { websocket: {} } ]\n");

        assertThat(run("run", good.toString(), "--dry-run")).isEqualTo(ExitCode.DONE);
        assertThat(runs).isEmpty();
        run("run", good.toString(), "--folder", folder.toString());
        assertThat(runs).singleElement().extracting(RunRequest::folder).isEqualTo(folder);
    }

    @Test
    void simulatesADay() {
        assertThat(run("retail", "--stores", "1", "--day", "2026-03-18")).isEqualTo(ExitCode.DONE);
        assertThat(out.lines()).hasSizeGreaterThan(1000).allMatch(line -> line.contains("\"event_type\""));

        assertThat(run("retail", "--day", "tomorrow")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aReaderThatStopsEndsTheCommandQuietly() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(run(InputStream.nullInputStream(), closed, "like", table, "-n", "10000")).isEqualTo(ExitCode.CLOSED);
        assertThat(err).doesNotContain("freshet:");
    }

    @Test
    void helpListsCommandsAndExitCodesWithoutColours() {
        assertThat(run("--help")).isEqualTo(ExitCode.DONE);
        assertThat(out).contains("fit ", "sample ", "like ", "evaluate ", "inspect ", "run ", "validate ", "retail ",
                "completion ", "serve ", "Exit codes:").doesNotContain("\u001B");
        assertThat(run("completion")).isEqualTo(ExitCode.DONE);
        assertThat(out).contains("--input-format");
        assertThat(run("man")).isEqualTo(ExitCode.DONE);
        assertThat(out).startsWith(".TH FRESHET 1\n.SH NAME\nfreshet \\- ")
                .contains("\\-\\-input\\-format", ".SS freshet serve",
                        ".SH EXIT STATUS")
                .doesNotContain("\n--");
    }

    @ParameterizedTest
    @ValueSource(strings = { "bash", "zsh" })
    void theShellAcceptsItsCompletion(String shell) throws Exception {
        assertThat(run("completion", shell)).isEqualTo(ExitCode.DONE);
        assertThat(out).contains("evaluate", "--input-format");
        assumeTrue(Stream.of("/bin/", "/usr/bin/").anyMatch(folder -> Files.isExecutable(Path.of(folder + shell))));
        Path script = Files.writeString(folder.resolve("completion"), out);

        Process process = new ProcessBuilder(shell, "-n", script.toString()).redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void completionInZshDescribesOptionsAndCompletesFiles() {
        run("completion", "zsh");

        assertThat(out).startsWith("#compdef freshet\n")
                .contains("'sample:Draw rows from a model.'",
                        "'(-s --seed)'{-s+,--seed=}'[the same seed gives the same rows (default\\: 1)]:NUMBER: '",
                        "'1:MODEL:_files' \\\n        '2:HOLDOUT:_files'", "'*:FILE:_files'", "'1:SHELL:(bash zsh)'");
    }

    @Test
    void anUnknownShellIsNamed() {
        assertThat(run("completion", "fish")).isEqualTo(ExitCode.USAGE);
        assertThat(err).isEqualTo("freshet: there is no completion for fish; use bash or zsh" + System.lineSeparator());
    }

    @Test
    void onlyOtherWordsThanServeAreCommands() {
        assertThat(Cli.isCommand(List.of())).isFalse();
        assertThat(Cli.isCommand(List.of("serve"))).isFalse();
        assertThat(Cli.isCommand(List.of("fit", "a.csv"))).isTrue();
        assertThat(Cli.isCommand(List.of("--help"))).isTrue();
    }

    private ExitCode run(String... arguments) {
        return run(InputStream.nullInputStream(), arguments);
    }

    private ExitCode run(InputStream in, String... arguments) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ExitCode code = run(in, results, arguments);
        out = results.toString(StandardCharsets.UTF_8);
        return code;
    }

    private ExitCode run(InputStream in, OutputStream results, String... arguments) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(in, results, new PrintStream(messages, true, StandardCharsets.UTF_8), false, 100,
                false);
        ExitCode code = new Cli(terminal, runs::add).run(arguments);
        err = messages.toString(StandardCharsets.UTF_8);
        return code;
    }
}
