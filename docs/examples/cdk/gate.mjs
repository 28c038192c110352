// The gate as a Lambda@Edge function, for a distribution that CDK keeps. The package is made before:
//
//   parapet package --binary dist/edge-auth/edge-auth --handler edge-auth/package/index.py \
//     --config edge-auth.json --out edge-auth.zip
//
// The same inputs are the same bytes, so that nothing changes where nothing has changed. The settings are those of
// infra/edge.yaml. Tried with aws-cdk-lib 2.276.
import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { LambdaEdgeEventType } from "aws-cdk-lib/aws-cloudfront";
import { CompositePrincipal, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function, Runtime } from "aws-cdk-lib/aws-lambda";

/** A stack of its own: Lambda@Edge functions are made in us-east-1, from where they are copied to where viewers are. */
export class Gate extends Stack {
  /**
   * @param {import("constructs").Construct} scope
   * @param {string} id
   * @param {{ account: string, name: string, archive: string }} settings `name` as in cms-production; `archive` is the package
   */
  constructor(scope, id, { account, name, archive }) {
    super(scope, id, { env: { account, region: "us-east-1" }, crossRegionReferences: true });
    const functionName = `${name}-edge-auth`;
    const role = new Role(this, "Role", {
      roleName: functionName,
      assumedBy: new CompositePrincipal(
        new ServicePrincipal("lambda.amazonaws.com"),
        new ServicePrincipal("edgelambda.amazonaws.com"),
      ),
    });
    // It writes its log wherever it runs. Groups are made by you, in each region with an edge cache, so that lines do not stay for ever.
    role.addToPolicy(
      new PolicyStatement({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [`arn:${this.partition}:logs:*:${account}:log-group:/aws/lambda/us-east-1.${functionName}:*`],
      }),
    );
    const gate = new Function(this, "Function", {
      functionName,
      description: "The gate: decides every viewer request.",
      role,
      code: Code.fromAsset(archive),
      runtime: Runtime.PYTHON_3_13,
      handler: "index.handler",
      architecture: Architecture.X86_64,
      memorySize: 128,
      timeout: Duration.seconds(5),
      // Copies at the edge forbid to delete a version for some hours after it was last used.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    this.version = gate.currentVersion;
  }

  /** `edgeLambdas` of the behaviors of the site's bucket: the second answers for missing pages and redirects. */
  get ofTheBucket() {
    return [...this.ofTheApi, { eventType: LambdaEdgeEventType.ORIGIN_RESPONSE, functionVersion: this.version }];
  }

  /** `edgeLambdas` of the API's behaviors. */
  get ofTheApi() {
    return [{ eventType: LambdaEdgeEventType.VIEWER_REQUEST, functionVersion: this.version }];
  }
}
