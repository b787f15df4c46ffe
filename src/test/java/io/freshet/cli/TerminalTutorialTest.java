package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of the tutorial as they are printed. */
class TerminalTutorialTest {

    private static final Path PAGE = Path.of("src/main/docs/tutorials/terminal.md");
    private static final Pattern BLOCK = Pattern.compile("```(shell|yaml)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern FILE = Pattern.compile("[\\w.]+\\.(csv|json|parquet|zst|gz|yaml)");

    @TempDir
    Path folder;

    @Test
    void everyCommandWorks() throws IOException {
        Files.copy(Path.of("src/main/resources/samples/birdstrikes.csv"), folder.resolve("birdstrikes.csv"));
        List<String> commands = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
        while (blocks.find()) {
            if (blocks.group(1).equals("yaml")) {
                Files.writeString(folder.resolve("purchases.yaml"), blocks.group(2));
            } else {
                blocks.group(2).lines().forEach(commands::add);
            }
        }

        assertThat(commands).hasSizeGreaterThan(10);
        for (String command : commands) {
            ByteArrayOutputStream messages = new ByteArrayOutputStream();
            assertThat(run(command, messages)).as(command + ": " + messages).isEqualTo(ExitCode.DONE);
        }
    }

    private ExitCode run(String command, ByteArrayOutputStream messages) throws IOException {
        String[] sides = command.split(" < ");
        InputStream in = sides.length == 1 ? InputStream.nullInputStream()
                : new ByteArrayInputStream(Files.readAllBytes(folder.resolve(sides[1])));
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(sides[0].substring(Cli.NAME.length()));
        while (word.find()) {
            String text = word.group(1) == null ? word.group(2) : word.group(1);
            words.add(FILE.matcher(text).matches() ? folder.resolve(text).toString() : text);
        }
        Terminal terminal = new Terminal(in, new ByteArrayOutputStream(),
                new PrintStream(messages, true, StandardCharsets.UTF_8), false, 100, false);
        return new Cli(terminal, request -> {
        }).run(words.toArray(String[]::new));
    }
}
