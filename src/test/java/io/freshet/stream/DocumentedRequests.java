package io.freshet.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The curl commands that the documentation prints, in the order of the page. */
final class DocumentedRequests {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```");
    private static final Pattern COMMAND = Pattern.compile("curl (?:.*\\\\\n)*.*\n(?:(?<=<<'END'\n)(?s:.*?)\nEND\n)?");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Path DOCS = Path.of("src/main/docs");

    /**
     * A request.
     *
     * @param headers each as {@code Name: value}
     * @param data the body, or {@code @} and the name of a file; empty if there is none
     * @param form the parts of a form, each as {@code name=@file}
     * @param query parameters that curl encodes
     */
    record Request(String method, String address, List<String> headers, String data, List<String> form, List<String> query) {
    }

    private DocumentedRequests() {
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return Stream.concat(Stream.of(Path.of("README.md")), files.filter(file -> file.toString().endsWith(".md")))
                    .sorted().toList();
        }
    }

    static List<Request> of(Path page) throws IOException {
        List<Request> requests = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            Matcher command = COMMAND.matcher(block.group(1).isEmpty() ? block.group(2) : "");
            while (command.find()) {
                requests.add(parse(command.group()));
            }
        }
        return requests;
    }

    private static Request parse(String command) {
        int document = command.indexOf("<<'END'\n");
        String line = document < 0 ? command : command.substring(0, document);
        String input = document < 0 ? "" : command.substring(document + 8, command.length() - 5);
        List<String> words = words(line.replace("\\\n", " "));
        List<String> headers = new ArrayList<>();
        List<String> form = new ArrayList<>();
        List<String> query = new ArrayList<>();
        String method = "";
        String address = "";
        String data = "";
        for (int i = 1; i < words.size() && !words.get(i).equals(">"); i++) {
            switch (words.get(i)) {
                case "-X" -> method = words.get(++i);
                case "-H" -> headers.add(words.get(++i));
                case "-d" -> data = words.get(++i);
                case "--data-binary" -> data = words.get(++i).equals("@-") ? input : words.get(i);
                case "--data-urlencode" -> query.add(words.get(++i));
                case "-F" -> form.add(words.get(++i));
                case "-G" -> method = "GET";
                default -> address = words.get(i);
            }
        }
        boolean sends = !data.isEmpty() || !form.isEmpty();
        return new Request(method.isEmpty() ? sends ? "POST" : "GET" : method, address.replaceFirst("^localhost:8765", ""),
                headers, data, form, query);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }
}
