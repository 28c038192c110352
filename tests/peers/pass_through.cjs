// What every function under this runtime client pays: the request goes on as it came.
exports.handler = async (event) => event.Records[0].cf.request;
