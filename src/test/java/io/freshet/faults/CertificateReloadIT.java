package io.freshet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is renewed while the service runs, as a cluster does it: the files change. */
class CertificateReloadIT {

    private static final char[] PASSWORD = "changeit".toCharArray();
    /** The shortest time there may be between two looks at the files is 30 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private void issue(String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        Process tool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keyalg", "RSA", "-dname", "CN=" + name, "-storetype", "PKCS12", "-storepass", new String(PASSWORD),
                "-keystore", store.toString(), "-alias", "freshet").inheritIO().start();
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Path version = Files.createDirectories(folder.resolve("of-" + name));
        write(version.resolve("tls.crt"), "CERTIFICATE", keys.getCertificate("freshet").getEncoded());
        write(version.resolve("tls.key"), "PRIVATE KEY", keys.getKey("freshet", PASSWORD).getEncoded());
        // both at once
        Path link = Files.createSymbolicLink(folder.resolve("link-to-" + name), version);
        Files.move(link, folder.resolve("data"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(Path file, String kind, byte[] bytes) throws IOException {
        Files.writeString(file, "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(bytes) + "\n-----END " + kind + "-----\n");
    }

    @Test
    void connectionsGetTheNewCertificateWithoutARestart() throws Exception {
        issue("before");
        int port = Processes.freePort();
        try (FreshetProcess freshet = new FreshetProcess(folder.resolve("freshet.log"), List.of(
                "quarkus.http.ssl-port=" + port, "quarkus.tls.key-store.pem.0.cert=" + folder.resolve("data/tls.crt"),
                "quarkus.tls.key-store.pem.0.key=" + folder.resolve("data/tls.key"), "quarkus.tls.reload-period=30s"))) {
            Processes.await("the first certificate is shown", PATIENCE, () -> subject(port).equals("CN=before"));
            issue("after");
            assertThat(untilItChanges(port)).isEqualTo("CN=after");
        }
    }

    /** Connects again and again; what comes after the first certificate, be it another one or none. */
    private static String untilItChanges(int port) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String shown = "CN=before";
        while (shown.equals("CN=before") && System.nanoTime() < end) {
            shown = subject(port);
        }
        return shown;
    }

    private static String subject(int port) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] { new Anyone() }, null);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getByName("127.0.0.1"),
                    port)) {
                socket.startHandshake();
                X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
                return shown.getSubjectX500Principal().getName();
            }
        } catch (IOException e) {
            return String.valueOf(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trusts whoever answers: which certificate that is, is the question. */
    private static final class Anyone implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            assertThat(chain).isNotEmpty();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
