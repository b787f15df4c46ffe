package io.freshet.database;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/** A PostgreSQL server of its own on loopback, with data in a temporary folder. It needs the server's programs. */
public final class LocalPostgres implements AutoCloseable {

    public static final String USER = "freshet";
    /** Must occur in no message. */
    public static final String PASSWORD = "s3cret-of-the-test";

    private static final Duration MAX_START = Duration.ofSeconds(60);

    /** Settings of a table without a query. */
    public record Settings(String url, Optional<String> username, Optional<String> password, Optional<String> table,
            Optional<String> query, int fetchSize, Duration connectTimeout) implements TablesConfig.Table.Jdbc {
    }

    private final Path folder;
    private final int port;
    private final Path programs;
    private Process server;

    private LocalPostgres(Path folder, int port, Path programs) {
        this.folder = folder;
        this.port = port;
        this.programs = programs;
    }

    /** Starts a server, or skips the test if PostgreSQL is not installed. */
    public static LocalPostgres start() {
        Optional<Path> programs = programs();
        assumeTrue(programs.isPresent(), "PostgreSQL is not installed (apt-get install postgresql): tables are not tested");
        try (ServerSocket free = new ServerSocket(0)) {
            Path folder = Files.createTempDirectory("freshet-postgres-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            LocalPostgres local = new LocalPostgres(folder, free.getLocalPort(), programs.get());
            local.run("initdb", "-D", folder.resolve("data").toString(), "-U", USER, "--pwfile", password.toString(), "-A",
                    "scram-sha-256", "-E", "UTF8", "--no-sync", "--locale=C");
            free.close();
            local.restart();
            return local;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isInstalled() {
        return programs().isPresent();
    }

    private static Optional<Path> programs() {
        List<Path> folders = new ArrayList<>(
                Arrays.stream(System.getenv("PATH").split(":")).map(Path::of).toList());
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            versions.map(version -> version.resolve("bin")).forEach(folders::add);
        } catch (IOException e) {
            // not Debian's
        }
        return folders.stream().filter(each -> Files.isExecutable(each.resolve("initdb"))).findFirst();
    }

    /** Starts the server that was stopped. */
    public void restart() {
        server = begin("postgres", "-D", folder.resolve("data").toString(), "-p", Integer.toString(port), "-c",
                "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off");
        Awaitility.await().atMost(MAX_START).pollInterval(Duration.ofMillis(50)).ignoreExceptions().until(() -> {
            table("postgres").connect(Optional.empty()).close();
            return true;
        });
    }

    /** Stops the server without waiting for its clients. */
    public void stop() {
        run("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "-w", "stop");
    }

    private void run(String program, String... arguments) {
        try {
            if (begin(program, arguments).waitFor() != 0) {
                throw new IllegalStateException(program + " failed: " + Files.readString(folder.resolve(program + ".log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process begin(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // the server refuses to run as root
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(folder.resolve(program + ".log").toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public Settings settings() {
        return new Settings(url(), Optional.of(USER), Optional.of(PASSWORD), Optional.empty(), Optional.empty(), 100,
                Duration.ofSeconds(5));
    }

    /** Returns the table with a name. */
    public DatabaseTable table(String name) {
        return DatabaseTable.of(name, settings());
    }

    /** Returns the rows of a query as texts. */
    public DatabaseTable query(String sql) {
        return DatabaseTable.of("query", new Settings(url(), Optional.of(USER), Optional.of(PASSWORD), Optional.empty(),
                Optional.of(sql), 100, Duration.ofSeconds(5)));
    }

    public void execute(String sql) {
        try (Connection connection = table("postgres").connect(Optional.empty());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first value of the first row of a query. */
    public String value(String sql) {
        try (Connection connection = table("postgres").connect(Optional.empty());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            stop();
            server.waitFor(30, TimeUnit.SECONDS);
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
