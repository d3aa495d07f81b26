/** Stands for an id of the reader's own. */
const SOME_ID = '00000000-0000-4000-8000-000000000000';

/** Stands for the address of the service. */
const ADDRESS = 'http://127.0.0.1:4000';

const UPLOAD = `# Stores a file as a dataset. GraphiQL cannot send
# files: use the application, or curl, where "map"
# says which variable the file is:
#
# curl ${ADDRESS}/graphql \\
# -F operations='{"variables":{"f":null},"query":'\\
# '"mutation($f:Upload!){uploadDataset('\\
# 'name:\\"Sale\\",file:$f){id}}"}' \\
# -F map='{"0":["variables.f"]}' -F 0=@sales.csv
mutation Upload($file: Upload!) {
  uploadDataset(name: "Sales", file: $file) {
    id
    name
    sizeBytes
    checksumSha256
  }
}
`;

const PREVIEW = `# The first rows of a dataset as they would be read with
# options: put in its id. Nothing is stored. The same
# options are an argument of processDataset.
query Preview {
  previewDataset(
    id: "${SOME_ID}"
    options: {delimiter: ",", moreNullTokens: ["-"]}
  ) {
    columns {
      name
      type
    }
    rows {
      line
      values
    }
    suggestions {
      message
      options
    }
  }
}
`;

const PROCESS = `# Makes the report of a dataset: put in its id, which
# Lists shows. Progress shows the job that is returned.
# "force: true" processes a finished dataset again.
mutation Process {
  processDataset(id: "${SOME_ID}", force: false) {
    id
    state
    progress
  }
}
`;

const PROGRESS = `# Live progress of a job, until it has ended: put in
# its id.
subscription Progress {
  jobProgress(jobId: "${SOME_ID}") {
    state
    progress
    rowsProcessed
    bytesProcessed
    bytesTotal
    estimatedFinishAt
    error
  }
}
`;

const REPORT = `# What is wrong with the dataset that was uploaded last,
# and what is in its columns. One dataset is
# dataset(id: "…"), one column is columns(name: "…").
query Report {
  datasets(first: 1, status: DONE) {
    edges {
      node {
        name
        rowCount
        report {
          alerts {
            severity
            column
            message
          }
          columns {
            name
            type
            nullCount
            distinct {
              count
            }
            min
            max
            mean
          }
        }
      }
    }
  }
}
`;

const ROWS = `# Whole rows of the dataset that was uploaded last, as they
# are in its file. All conditions of "where" must hold:
# [{column: "amount", outlier: HIGH}],
# or [{duplicate: true}]
query Rows {
  datasets(first: 1, status: DONE) {
    edges {
      node {
        name
        rows(first: 5, where: []) {
          totalCount
          edges {
            node {
              row
              line
              values
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
}
`;

const LISTS = `# The datasets with the most alerts, and the latest jobs.
# after: "endCursor of this page" gives the next page.
query Lists {
  datasets(first: 10, orderBy: {field: ALERTS, direction: DESC}) {
    totalCount
    edges {
      node {
        id
        name
        status
        rowCount
        sizeBytes
        alertCounts {
          errors
          warnings
          infos
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
  jobs(first: 10) {
    totalCount
    edges {
      node {
        id
        datasetId
        state
        progress
        error
      }
    }
  }
}
`;

/** What a reader does first, in the order of a dataset's life. tests/e2e/graphql-examples.test.ts runs them. */
export const EXAMPLES = [UPLOAD, PREVIEW, PROCESS, PROGRESS, REPORT, ROWS, LISTS];

/** What GraphiQL opens with: one document, of which one operation is run at a time. */
export const DEFAULT_QUERY = `# Seven examples. The button runs the one in which
# the cursor is, or asks which. Descriptions of all
# types and fields: the first symbol on the left.

${EXAMPLES.join('\n')}`;

/** The document for a page that was opened at this address, without a slash at its end. */
export const defaultQueryAt = (address: string): string => DEFAULT_QUERY.replace(ADDRESS, () => address);
