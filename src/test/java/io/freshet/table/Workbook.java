package io.freshet.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes small Excel workbooks for tests: each sheet as the XML of its rows. */
public final class Workbook {

    private static final String MAIN = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";

    /** Styles of cells: 1 is a date, 2 a date with its time, 3 an amount of money. */
    private static final String STYLES = "<styleSheet " + MAIN + "><numFmts count=\"2\">"
            + "<numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/>"
            + "<numFmt numFmtId=\"165\" formatCode=\"[Red]#,##0.00\\ &quot;dollars&quot;\"/></numFmts>"
            + "<cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>"
            + "</cellXfs></styleSheet>";

    private final Map<String, String> sheets = new LinkedHashMap<>();

    /**
     * Adds a sheet.
     *
     * @param rows the cells of each row: {@code null} for none, a text, a number, a boolean, or XML that starts with {@code <c}
     */
    public Workbook sheet(String name, Object[]... rows) {
        StringBuilder xml = new StringBuilder();
        for (int row = 0; row < rows.length; row++) {
            xml.append("<row r=\"").append(row + 1).append("\">");
            for (int column = 0; column < rows[row].length; column++) {
                xml.append(cell(rows[row][column], "ABCDEFGHIJ".charAt(column) + Integer.toString(row + 1)));
            }
            xml.append("</row>");
        }
        sheets.put(name, xml.toString());
        return this;
    }

    /** Returns a number in one of the styles. */
    public static String styled(int style, String number) {
        return "<c r=\"@\" s=\"" + style + "\"><v>" + number + "</v></c>";
    }

    private static String cell(Object value, String address) {
        if (value == null) {
            return "";
        }
        if (value instanceof String xml && xml.startsWith("<c")) {
            return xml.replace("@", address);
        }
        if (value instanceof Boolean flag) {
            return "<c r=\"" + address + "\" t=\"b\"><v>" + (flag ? 1 : 0) + "</v></c>";
        }
        return value instanceof String text
                ? "<c r=\"" + address + "\" t=\"inlineStr\"><is><t>" + text.replace("&", "&amp;").replace("<", "&lt;")
                        + "</t></is></c>"
                : "<c r=\"" + address + "\"><v>" + value + "</v></c>";
    }

    public byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            StringBuilder types = new StringBuilder();
            StringBuilder relations = new StringBuilder();
            StringBuilder list = new StringBuilder();
            int number = 1;
            for (Map.Entry<String, String> sheet : sheets.entrySet()) {
                types.append("<Override PartName=\"/xl/worksheets/sheet").append(number).append(
                        ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>");
                relations.append(relation("rId" + number, OFFICE + "/worksheet", "worksheets/sheet" + number + ".xml"));
                list.append("<sheet name=\"").append(sheet.getKey()).append("\" sheetId=\"").append(number)
                        .append("\" r:id=\"rId").append(number).append("\"/>");
                put(zip, "xl/worksheets/sheet" + number + ".xml",
                        "<worksheet " + MAIN + "><sheetData>" + sheet.getValue() + "</sheetData></worksheet>");
                number++;
            }
            relations.append(relation("rId" + number, OFFICE + "/styles", "styles.xml"));
            put(zip, "xl/styles.xml", STYLES);
            put(zip, "xl/workbook.xml",
                    "<workbook " + MAIN + " xmlns:r=\"" + OFFICE + "\"><sheets>" + list + "</sheets></workbook>");
            put(zip, "xl/_rels/workbook.xml.rels", relations(relations.toString()));
            put(zip, "_rels/.rels", relations(relation("rId1", OFFICE + "/officeDocument", "xl/workbook.xml")));
            put(zip, "[Content_Types].xml",
                    "<Types xmlns=\"" + PACKAGE + "content-types\"><Override PartName=\"/xl/workbook.xml\""
                            + " ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                            + "<Override PartName=\"/xl/styles.xml\""
                            + " ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
                            + types
                            + "</Types>");
        }
        return bytes.toByteArray();
    }

    private static String relation(String id, String type, String target) {
        return "<Relationship Id=\"" + id + "\" Type=\"" + type + "\" Target=\"" + target + "\"/>";
    }

    private static String relations(String content) {
        return "<Relationships xmlns=\"" + PACKAGE + "relationships\">" + content + "</Relationships>";
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + content).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
