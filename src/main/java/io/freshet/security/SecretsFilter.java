package io.freshet.security;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtLogRecord;

import io.quarkus.logging.LoggingFilter;

/**
 * Masks secrets in warnings and errors, which quote messages of other libraries that may contain addresses with passwords.
 * Our own lines of lower levels quote no such messages.
 */
@LoggingFilter(name = "secrets")
public final class SecretsFilter implements Filter {

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record.getLevel().intValue() >= Level.WARNING.intValue() && record instanceof ExtLogRecord line) {
            String said = line.getFormattedMessage();
            String shown = said == null ? null : Secrets.masked(said);
            if (shown != null && !shown.equals(said)) {
                line.setMessage(shown, ExtLogRecord.FormatStyle.NO_FORMAT);
                line.setParameters(null);
            }
        }
        return true;
    }
}
