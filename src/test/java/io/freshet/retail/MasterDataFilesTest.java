package io.freshet.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.ParquetRows;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordWriter;
import io.freshet.parquet.Compression;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

class MasterDataFilesTest {

    private static final Parameters PARAMETERS = ParameterFile.defaults();
    private static final LocalDate DAY = LocalDate.of(2026, 3, 18);

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        write("centres.csv", "centre_id,name", "7,\"Mitte, alt\"");
        write("stores.csv", "store_id,name,region,size,centre_id,traffic", "101,Köln,West,small,7,1.2",
                "205,Ulm,South,medium,7,");
        StringBuilder products = new StringBuilder("product_id,name,department,price,cost,shelf_life_days,supplier_id\n");
        int number = 9000;
        for (Parameters.Department department : PARAMETERS.departments()) {
            for (int i = 0; i < 10; i++) {
                products.append(number++).append(",Ware,").append(department.name()).append(",1.99,1.20,5,3\n");
            }
        }
        write("products.csv", products.toString());
        StringBuilder customers = new StringBuilder("customer_id,home_store_id,segment,loyalty,app\n");
        for (int i = 0; i < 300; i++) {
            customers.append(5000 + i).append(i % 3 == 0 ? ",205,senior,gold,true\n" : ",101,family,none,false\n");
        }
        write("customers.csv", customers.toString());
    }

    @Test
    void aChainLivesOnWhatWasLoaded() {
        MasterData data = MasterDataFiles.read(folder, PARAMETERS);
        assertThat(data.customers().countOf(0)).isEqualTo(200);
        assertThat(data.customers().countOf(1)).isEqualTo(100);
        assertThat(data.customers().get(data.customers().firstOf(1)))
                .isEqualTo(new Customer(200, 5000, 1, 2, Loyalty.GOLD, true));
        assertThat(data.products().get(11)).isEqualTo(new Product(11, 9011, "Ware", 1, 1, 199, 120, 5, 3));
        Chain chain = Chain.of(PARAMETERS, data, 4);
        Audit audit = new Audit(chain);

        List<RetailEvent> events = Chains.events(chain, Chains.begin(DAY), Chains.begin(DAY.plusDays(3)));
        audit.read(events);

        Set<String> keys = new TreeSet<>();
        events.forEach(event -> keys.add(event.store().key().toString()));
        assertThat(keys).containsExactly("store_101", "store_205");
        assertThat(audit.counts).hasSize(15);
        assertThat(events.stream().filter(event -> event.payload() instanceof ReceiptCreated)
                .map(event -> ((ReceiptCreated) event.payload()).customer()).filter(customer -> customer > 0))
                .isNotEmpty().allMatch(customer -> customer >= 5000 && customer < 5300);
    }

    @Test
    void brokenReferencesAreRefusedByRow() throws IOException {
        write("stores.csv", "store_id,name,region,size,centre_id", "101,Köln,West,small,7", "205,Ulm,Süd,medium,8",
                "101,Bonn,West,small,7");
        write("customers.csv", "customer_id,home_store_id,segment,loyalty,app", "1,101,family,none,true",
                "2,102,family,none,true",
                "1,205,robot,none,maybe");

        assertThatThrownBy(() -> MasterDataFiles.read(folder, PARAMETERS)).isInstanceOf(RetailException.class)
                .hasMessageContaining("stores.csv row 2: region must be one of North, South, East, West, not \"Süd\"")
                .hasMessageContaining("stores.csv row 2: centre_id 8 is not a known centre")
                .hasMessageContaining("stores.csv row 3: store_id 101 occurs more than once")
                .hasMessageContaining("customers.csv row 2: home_store_id 102 is not a known store")
                .hasMessageContaining("customers.csv row 3: customer_id 1 occurs more than once")
                .hasMessageContaining("customers.csv row 3: segment must be one of family")
                .hasMessageContaining("customers.csv row 3: app must be one of false, true");
    }

    @Test
    void numbersThatMakeNoSenseAreRefusedByRow() throws IOException {
        write("products.csv", "product_id,name,department,price", "0,Ware,Dairy,1", "2,Ware,Dairy,free",
                "3,\"a \"\"b\"\"\",Dairy,1");

        assertThatThrownBy(() -> MasterDataFiles.read(folder, PARAMETERS)).isInstanceOf(RetailException.class)
                .hasMessageContaining("products.csv row 1: product_id must be a whole number from 1")
                .hasMessageContaining("products.csv row 2: price must be a number from 0.01")
                .hasMessageContaining("products.csv row 3: name must be a text")
                .hasMessageContaining("the products have none of the department Produce")
                .hasMessageContaining("more");
    }

    @Test
    void missingFilesAndColumnsAreNamed() throws IOException {
        write("customers.csv", "customer_id,store", "1,2");
        assertThatThrownBy(() -> MasterDataFiles.read(folder, PARAMETERS)).hasMessageContaining("customers.csv")
                .hasMessageContaining("no column home_store_id");
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> MasterDataFiles.read(none, PARAMETERS)).isInstanceOf(RetailException.class)
                .hasMessage("the master data have no folder " + none);
        Files.delete(folder.resolve("customers.csv"));
        assertThatThrownBy(() -> MasterDataFiles.read(folder, PARAMETERS)).isInstanceOf(RetailException.class)
                .hasMessage(
                        "the master data have no file customers.csv (nor one that ends with .parquet, .ndjson, .json or .xlsx)");
    }

    @ParameterizedTest
    @ValueSource(strings = { ".parquet", ".ndjson", ".json", ".csv.gz" })
    void tablesOfAnyFormatGiveTheSameChain(String ending) throws IOException {
        MasterData expected = MasterDataFiles.read(folder, PARAMETERS);
        for (String table : List.of("centres", "stores", "products", "customers")) {
            Path csv = folder.resolve(table + ".csv");
            convert(csv, folder.resolve(table + ending));
            Files.delete(csv);
        }

        MasterData data = MasterDataFiles.read(folder, PARAMETERS);

        assertThat(data.centres()).isEqualTo(expected.centres());
        assertThat(data.stores()).isEqualTo(expected.stores());
        assertThat(data.products()).isEqualTo(expected.products());
        assertThat(customers(data)).hasSize(300).isEqualTo(customers(expected));
    }

    private static List<Customer> customers(MasterData data) {
        return IntStream.range(0, data.customers().count()).mapToObj(data.customers()::get).toList();
    }

    private static void convert(Path csv, Path target) throws IOException {
        RowBatch rows = TableReader.read(csv, TableFormat.CSV, ReadOptions.defaults()).rows();
        try (OutputStream out = Files.newOutputStream(target)) {
            switch (TableFormat.ofFileName(target.getFileName().toString()).orElseThrow()) {
                case PARQUET -> {
                    try (ParquetRows file = new ParquetRows(rows, false, Compression.ZSTD, out)) {
                        file.write(rows, null);
                    }
                }
                case CSV -> {
                    try (OutputStream compressed = new GZIPOutputStream(out)) {
                        Files.copy(csv, compressed);
                    }
                }
                default -> {
                    RecordWriter writer = RecordWriter.find(target.toString().replaceFirst(".*\\.", "")).orElseThrow();
                    EncodedRecords encoded = EncodedRecords.create();
                    new JsonEncoder().encode(new RecordBatch.Rows(rows), null, encoded);
                    out.write(writer.begin().getBytes(StandardCharsets.US_ASCII));
                    writer.write(encoded, true, out);
                    out.write(writer.end().getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }

    @Test
    void aTableOfTwoFilesIsRefused() throws IOException {
        Files.copy(folder.resolve("stores.csv"), folder.resolve("stores.tsv"));

        assertThatThrownBy(() -> MasterDataFiles.read(folder, PARAMETERS)).isInstanceOf(RetailException.class)
                .hasMessage("the master data have stores.csv and stores.tsv; keep one of them");
    }

    @Test
    void aChainMayHaveNoCustomers() throws IOException {
        write("customers.csv", "customer_id,home_store_id,segment,loyalty,app");

        assertThat(MasterDataFiles.read(folder, PARAMETERS).customers().count()).isZero();
    }

    private void write(String file, String... lines) throws IOException {
        Files.writeString(folder.resolve(file), String.join("\n", lines));
    }
}
