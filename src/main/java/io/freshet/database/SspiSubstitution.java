package io.freshet.database;

import org.postgresql.core.PGStream;
import org.postgresql.core.v3.ConnectionFactoryImpl;
import org.postgresql.sspi.ISSPIClient;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Leaves the sign-in of Windows out of the native binary, because it needs a library that is not there. */
@TargetClass(ConnectionFactoryImpl.class)
final class SspiSubstitution {

    private SspiSubstitution() {
    }

    @Substitute
    @SuppressWarnings({ "UnusedMethod", "UnusedVariable" }) // the driver calls it
    private static ISSPIClient createSSPI(PGStream stream, String serviceClass, boolean negotiate) {
        throw new UnsupportedOperationException("the native binary cannot sign in with SSPI");
    }
}
