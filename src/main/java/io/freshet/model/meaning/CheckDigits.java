package io.freshet.model.meaning;

/** The check digit schemes that the learner recognises. */
enum CheckDigits {
    /** Payment cards and IMEI: the Luhn formula (ISO/IEC 7812-1, annex B). */
    LUHN,
    /** EAN-13, EAN-8, UPC-A, GTIN-14, ISBN-13: weights 3 and 1 (GS1 General Specifications, 7.9). */
    EAN,
    /** ISBN-10: weights 10 to 2, modulo 11 (ISO 2108, 1992). */
    ISBN_10,
    /** Bank accounts (IBAN): modulo 97 (ISO 13616-1, ISO 7064). */
    IBAN,
    /** Vehicle identification numbers: weights at 17 positions, modulo 11 (49 CFR 565.15). */
    VIN;

    private static final int[] VIN_WEIGHTS = { 8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2 };
    private static final String VIN_VALUES = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
    private static final int VIN_PLACE = 8;

    /** Returns whether the check digits of a text are correct. Blanks and hyphens are ignored. */
    boolean isRight(String text) {
        String plain = plain(text);
        return switch (this) {
            case LUHN -> plain.length() >= 12 && plain.length() <= 19 && isDigits(plain) && fix(plain).equals(plain);
            case EAN -> (plain.length() == 8 || plain.length() >= 12 && plain.length() <= 14) && isDigits(plain)
                    && fix(plain).equals(plain);
            case ISBN_10 -> plain.length() == 10 && isDigits(plain.substring(0, 9)) && fix(plain).equals(plain);
            case IBAN -> isIban(plain) && fix(plain).equals(plain);
            case VIN -> isVin(plain) && fix(plain).equals(plain);
        };
    }

    private static boolean isIban(String plain) {
        return plain.length() >= 15 && plain.length() <= 34 && isCapital(plain.charAt(0)) && isCapital(plain.charAt(1))
                && plain.chars().allMatch(c -> isCapital((char) c) || c >= '0' && c <= '9');
    }

    private static boolean isVin(String plain) {
        return plain.length() == 17 && plain.chars().allMatch(c -> VIN_VALUES.indexOf(c) >= 0 && c != '.')
                && !isDigits(plain);
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String plain(CharSequence text) {
        StringBuilder plain = new StringBuilder();
        text.chars().filter(c -> c != ' ' && c != '-').forEach(c -> plain.append((char) c));
        return plain.toString();
    }

    /** Corrects the check digits of the text that begins at {@code from}. */
    void fix(StringBuilder text, int from) {
        String fixed = fix(plain(text.substring(from)));
        int next = 0;
        for (int i = from; i < text.length() && next < fixed.length(); i++) {
            if (text.charAt(i) != ' ' && text.charAt(i) != '-') {
                text.setCharAt(i, fixed.charAt(next++));
            }
        }
    }

    private String fix(String plain) {
        return switch (this) {
            case LUHN -> withLast(plain, luhn(plain));
            case EAN -> withLast(plain, ean(plain));
            case ISBN_10 -> withLast(plain, isbn(plain));
            case IBAN -> iban(plain);
            case VIN -> vin(plain);
        };
    }

    private static String withLast(String plain, char last) {
        return plain.isEmpty() ? plain : plain.substring(0, plain.length() - 1) + last;
    }

    private static char luhn(String plain) {
        int sum = 0;
        for (int i = plain.length() - 2, place = 0; i >= 0; i--, place++) {
            int digit = Character.digit(plain.charAt(i), 10);
            int twice = 2 * digit;
            sum += place % 2 == 1 ? digit : twice > 9 ? twice - 9 : twice;
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }

    private static char ean(String plain) {
        int sum = 0;
        for (int i = plain.length() - 2, place = 0; i >= 0; i--, place++) {
            sum += Character.digit(plain.charAt(i), 10) * (place % 2 == 0 ? 3 : 1);
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }

    private static char isbn(String plain) {
        int sum = 0;
        for (int i = 0; i < plain.length() - 1; i++) {
            sum += Character.digit(plain.charAt(i), 10) * (10 - i);
        }
        int check = (11 - sum % 11) % 11;
        return check == 10 ? 'X' : (char) ('0' + check);
    }

    private static String iban(String plain) {
        if (plain.length() < 5) {
            return plain;
        }
        String moved = plain.substring(4) + plain.substring(0, 2) + "00";
        int rest = 0;
        for (int i = 0; i < moved.length(); i++) {
            int value = Character.digit(moved.charAt(i), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        int check = 98 - rest;
        return plain.substring(0, 2) + check / 10 + check % 10 + plain.substring(4);
    }

    private static String vin(String plain) {
        if (plain.length() != VIN_WEIGHTS.length) {
            return plain;
        }
        int sum = 0;
        for (int i = 0; i < VIN_WEIGHTS.length; i++) {
            sum += VIN_VALUES.indexOf(plain.charAt(i)) % 10 * VIN_WEIGHTS[i];
        }
        int check = sum % 11;
        return plain.substring(0, VIN_PLACE) + (check == 10 ? 'X' : (char) ('0' + check)) + plain.substring(VIN_PLACE + 1);
    }
}
