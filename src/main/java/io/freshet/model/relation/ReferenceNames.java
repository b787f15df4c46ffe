package io.freshet.model.relation;

import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises names of columns whose numbers typically refer to something, such as customer_id or storeNo. */
public final class ReferenceNames {

    private static final Pattern NAMES = Pattern.compile(
            "(.*[_ .-])?(id|key|code|customer|user|account|product|article|item|store|shop|branch|supplier|employee|client)"
                    + "([_ .-]?(id|no|nr|number|key|code))?|.*[a-z](Id|Key|Code)");

    private ReferenceNames() {
    }

    public static boolean contain(String name) {
        return NAMES.matcher(name).matches() || NAMES.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }
}
