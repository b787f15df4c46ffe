package io.freshet.model.online;

import java.util.HashMap;
import java.util.Map;

import io.freshet.table.Dictionary;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/** The codes of the values in a dictionary. */
final class DictionaryCodes {

    private DictionaryCodes() {
    }

    /** Returns the code of each value in a dictionary; the values of booleans are their codes. */
    static Map<Object, Integer> of(Dictionary dictionary, boolean isText) {
        Map<Object, Integer> codes = new HashMap<>();
        for (int code = 0; code < dictionary.size(); code++) {
            if (isText && dictionary instanceof TextDictionary texts) {
                codes.put(texts.text(code), code);
            } else {
                codes.put(dictionary instanceof NumberDictionary entries ? (double) entries.value(code) : (double) code, code);
            }
        }
        return codes;
    }
}
