package io.freshet.security;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

/**
 * Stops reading a body that is held in memory when it exceeds the size limit of documents, even if its headers do not declare
 * its length.
 */
@Provider
public class DocumentSize implements ReaderInterceptor {

    private static final int TOO_LARGE = 413;

    private final Instance<SecurityConfig> config;

    /** Takes the configuration lazily, because this class is created while the service is built. */
    public DocumentSize(Instance<SecurityConfig> config) {
        this.config = config;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (!InputStream.class.isAssignableFrom(context.getType())) {
            context.setInputStream(new Limited(context.getInputStream(),
                    config.get().limits().documentSize().asLongValue()));
        }
        return context.proceed();
    }

    /** A stream that fails after a maximum number of bytes. */
    private static final class Limited extends FilterInputStream {

        private long left;

        Limited(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw new WebApplicationException("the body is too large", TOO_LARGE);
            }
        }
    }
}
