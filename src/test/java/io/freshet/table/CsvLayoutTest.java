package io.freshet.table;

import static io.freshet.table.Tables.csv;
import static io.freshet.table.Tables.typeName;
import static io.freshet.table.Tables.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

class CsvLayoutTest {

    private static List<String> names(TableSample table) {
        return table.schema().columns().stream().map(Column::name).toList();
    }

    private static List<String> notices(TableSample table) {
        return table.notices().stream().map(Notice::message).toList();
    }

    private static TableSample csvWith(CsvOptions options, String text) {
        return Tables.read(text.getBytes(StandardCharsets.UTF_8), TableFormat.CSV, ReadOptions.defaults().withCsv(options));
    }

    @Test
    void tabsSeparateFieldsThatContainCommas() {
        TableSample table = csv("Town, Region\tOwner, Title\tn\nBern, BE\tMeyer, Dr\t1\nBasel, BS\tKunz, Prof\t2\n");
        assertThat(names(table)).containsExactly("Town, Region", "Owner, Title", "n");
        assertThat(values(table, "Owner, Title")).containsExactly("Meyer, Dr", "Kunz, Prof");
    }

    @Test
    void semicolonsSeparateNumbersWithDecimalCommas() {
        assertThat(names(csv("a;b\n1,5;2,25\n2,5;3,75\n3,5;1,25\n"))).containsExactly("a", "b");
    }

    @Test
    void barsSeparateFieldsThatContainCommas() {
        assertThat(names(csv("first, last|x, y, z\nA, B|1\nC, D|2\n"))).containsExactly("first, last", "x, y, z");
    }

    @Test
    void theSeparatorLineOfExcelNamesTheSeparator() {
        TableSample table = csv("sep=;\r\nitem;qty\r\ncup, red;1\r\npen, blue;2\r\n");
        assertThat(names(table)).containsExactly("item", "qty");
        assertThat(values(table, "item")).containsExactly("cup, red", "pen, blue");
    }

    @Test
    void blanksAroundQuotesAreIgnored() {
        TableSample table = csv("id , \"name\" \n1, \"Ann, A.\" \n2 , \"Bob\"\n");
        assertThat(names(table)).containsExactly("id", "name");
        assertThat(values(table, "name")).containsExactly("Ann, A.", "Bob");
    }

    @Test
    void unnamedColumnsGetANameAndANotice() {
        TableSample table = csv(",age,town\n0,31,Rome\n1,45,Oslo\n2,28,Rome\n");
        assertThat(names(table)).containsExactly("Unnamed: 0", "age", "town");
        assertThat(notices(table)).singleElement().asString().contains("Column 1 has no name");
    }

    @Test
    void rowNamesWithoutAHeaderFieldBecomeAColumn() {
        TableSample table = csv("\"age\",\"town\"\n\"r1\",31,\"Rome\"\n\"r2\",45,\"Oslo\"\n");
        assertThat(names(table)).containsExactly("Unnamed: 0", "age", "town");
        assertThat(values(table, "town")).containsExactly("Rome", "Oslo");
    }

    @Test
    void separatorsAtTheEndOfEveryRowAreIgnored() {
        TableSample table = csv("age,town\n31,Rome,\n45,Oslo,\n");
        assertThat(names(table)).containsExactly("age", "town");
        assertThat(values(table, "town")).containsExactly("Rome", "Oslo");
        assertThat(names(csv("age,town,\n31,Rome,\n45,Oslo,\n"))).containsExactly("age", "town");
    }

    @Test
    void aFirstRecordOfDataIsNotLost() {
        TableSample table = csv("7,Ann,0.61\n8,Bob,0.44\n9,Cid,0.25\n");
        assertThat(names(table)).containsExactly("column_1", "column_2", "column_3");
        assertThat(table.totalRows()).isEqualTo(3);
        assertThat(values(table, "column_2")).containsExactly("Ann", "Bob", "Cid");
        assertThat(notices(table)).singleElement().asString().contains("header=true");
    }

    @Test
    void aFirstRecordWhoseTextsAllOccurAgainIsData() {
        String rows = "no,red\nyes,blue\nno,blue\nyes,red\nno,red\nyes,red\n";
        assertThat(csv(rows).totalRows()).isEqualTo(6);
        assertThat(csv("paid,colour\n" + rows).totalRows()).isEqualTo(6);
    }

    @Test
    void yearsAndPositionsMayBeNames() {
        assertThat(names(csv("1990,1995,2005\n4,5,6\n7,8,9\n"))).containsExactly("1990", "1995", "2005");
        assertThat(names(csv("0,1,2\n4.5,5.5,6\n7,8,9\n"))).containsExactly("0", "1", "2");
        assertThat(names(csv("shop,2019,2020\nA,5,6\nB,8,9\n"))).containsExactly("shop", "2019", "2020");
    }

    @Test
    void titlesAboveTheTableAreSkipped() {
        TableSample table = csv("Sales of March\nall shops\n\nday,shop,sum\n1,A,2.5\n2,B,3.5\n3,A,4.5\n4,B,1.5\n");
        assertThat(names(table)).containsExactly("day", "shop", "sum");
        assertThat(table.totalRows()).isEqualTo(4);
        assertThat(notices(table)).singleElement().asString().startsWith("The first 2 lines are skipped");
    }

    @Test
    void commentsAboveTheTableAreSkipped() {
        TableSample table = csv("# made by a tool, on request, twice\na,b\n1,x\n2,y\n");
        assertThat(names(table)).containsExactly("a", "b");
        assertThat(table.totalRows()).isEqualTo(2);
    }

    @Test
    void titlesCommentsAndSeparatorsAtTheEndMayOccurTogether() {
        TableSample table = csv("Sales of March\n\nday;shop;sum;\n1;A;2.5;\n2;B;3.5;\n3;A;4.5;\n4;B;1.5;\n5;B;1.5;\n6;A;2.5;\n"
                + "7;B;1.5;\n8;A;2.5;\n9;A;2.5;\n# end of the report\n");
        assertThat(names(table)).containsExactly("day", "shop", "sum");
        assertThat(table.totalRows()).isEqualTo(9);
        assertThat(notices(table)).hasSize(2).element(1).asString().startsWith("Lines that begin with # are comments");
    }

    @Test
    void aRecordThatBeginsWithAHashIsNoComment() {
        assertThat(csv("tag,n\n#one,1\n#two,2\n#three,3\n#four,4\n").totalRows()).isEqualTo(4);
    }

    @Test
    void theErrorOfAnEscapedQuoteNamesTheOption() {
        assertThat(Tables.refusal(() -> csv("a,b\n1,\"say \\\"x\\\", please\"\n"))).endsWith("pass escape=\\");
    }

    @Test
    void errorsCountTheLinesAboveTheTable() {
        assertThat(Tables.refusal(
                () -> csv("Sales\n\nday,shop,sum\n1,A,2\n2,B,3\n3,A,4\n4,B,1\n5,C,1\n6,D,2\n7,A,1\n8,A,2\n9,C,2\n9,B\n")))
                .isEqualTo("line 13 has 2 fields; the header has 3");
    }

    @Test
    void optionsOverrideWhatTheFileShows() {
        assertThat(names(csvWith(new CsvOptions(';', null, null, null, 0), "a,b;c\n1,2;3\n4,5;6\n"))).containsExactly("a,b",
                "c");
        assertThat(csvWith(new CsvOptions(null, false, null, null, 0), "a,b\nc,d\n").totalRows()).isEqualTo(2);
        assertThat(names(csvWith(new CsvOptions(null, true, null, null, 0), "7,Ann\n8,Bob\n"))).containsExactly("7", "Ann");
        assertThat(values(csvWith(new CsvOptions(null, null, '\'', null, 0), "a,b\n'x,y',1\n'z',2\n"), "a"))
                .containsExactly("x,y", "z");
        assertThat(csvWith(new CsvOptions(null, null, null, '%', 0), "a,b\n1,2\n%3,4\n5,6\n").totalRows()).isEqualTo(2);
        assertThat(names(csvWith(new CsvOptions(null, null, null, null, 1), "x,y\na,b\n1,2\n3,4\n"))).containsExactly("a", "b");
        assertThat(values(csvWith(new CsvOptions(null, null, CsvOptions.NO_QUOTE, null, 0), "a,b\n\"x,1\nz\",2\n"), "a"))
                .containsExactly("\"x", "z\"");
    }

    @Test
    void quotesAreEscapedWithABackslashWhereTheUserSaysSo() {
        CsvOptions options = new CsvOptions(null, null, null, null, 0, '\\');
        assertThat(values(csvWith(options, "id,msg\n1,\"say \\\"hi\\\", there\"\n2,\"a \\\\ b\"\n3,\"c:\\d\"\n"), "msg"))
                .containsExactly("say \"hi\", there", "a \\ b", "c:\\d");
        assertThatThrownBy(() -> new CsvOptions(null, null, null, null, 0, '"')).isInstanceOf(TableException.class);
    }

    @Test
    void equalCharactersForDifferentPurposesAreRefused() {
        assertThatThrownBy(() -> new CsvOptions(';', null, ';', null, 0)).isInstanceOf(TableException.class);
    }

    @Test
    void aColumnOfTextsWithCommasIsNotATitle() {
        assertThat(Tables.refusal(() -> csv("name\nSmith, John\nDoe, Jane\n"))).contains("line 2 has 2 fields");
    }

    @Test
    void anOrdinaryTableHasNoNotices() {
        TableSample table = csv("id,name,price\n1,Ann,2.5\n2,Bob,3.5\n");
        assertThat(table.notices()).isEmpty();
        assertThat(typeName(table, "price")).isEqualTo("decimal");
    }
}
